package io.evenkeel.pipeline.queue;

/** Takes every change of a {@link QueueMachine}, in order, so that it can be rebuilt. Called on the caller's thread. */
public interface Journal {

    /** An item was added or has changed. */
    void item(StoredItem item);

    /** An agent has joined, left or expired. */
    void member(StoredMember member);

    /** The numbers of the queue have changed. */
    void numbers(Numbers numbers);

    /** Returns whether a good result of the test has arrived that nobody has told of; asked before the test goes to another agent. */
    default boolean hasArrived(String test) {
        return false;
    }

    /** Forgets everything: a queue that lives as long as its process. */
    Journal NONE = new Journal() {
        @Override
        public void item(StoredItem item) {
            // nothing is kept
        }

        @Override
        public void member(StoredMember member) {
            // nothing is kept
        }

        @Override
        public void numbers(Numbers numbers) {
            // nothing is kept
        }
    };

    /**
     * An item as it is kept.
     *
     * @param position place in the queue, from 0
     * @param holder token of the agent that has it or had it last, 0 for nobody yet
     * @param state {@code open}, or {@code held} until every test has a result, then {@code done}
     * @param results one letter for each test: {@code .} none, {@code p} passed, {@code f} failed
     * @param revision of the queue when it was granted or given back last
     */
    record StoredItem(int position, QueueItem item, long holder, ItemState state, String results, int revision) {}

    /** Where an item is. */
    enum ItemState {
        OPEN,
        HELD,
        DONE
    }

    /**
     * An agent as it is kept.
     *
     * @param token fencing token: rises with every admission
     */
    record StoredMember(long token, Member who, MemberState state, long joinedMs) {}

    /** Whether an agent may still ask. */
    enum MemberState {
        ACTIVE,
        LEFT,
        EXPIRED
    }

    /**
     * What belongs to no item.
     *
     * @param lastToken token given last
     * @param revision of the last change of an item
     * @param late results that came from an agent whose lease was over; they count, and the test runs once more
     * @param handedOver items that went to another agent because theirs died or left
     */
    record Numbers(long lastToken, int revision, QueueState state, int late, int handedOver) {}

    /** Whether a queue hands out work. */
    enum QueueState {
        OPEN,
        CANCELLED
    }
}
