package io.evenkeel.pipeline.queue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a journal has been told, as a database would keep it. */
final class JournalBook implements Journal {
    private final Map<Integer, StoredItem> items = new TreeMap<>();
    private final Map<Long, StoredMember> members = new TreeMap<>();
    private Numbers numbers = new Numbers(0, 0, QueueState.OPEN, 0, 0);

    @Override
    public void item(StoredItem item) {
        items.put(item.position(), item);
    }

    @Override
    public void member(StoredMember member) {
        members.put(member.token(), member);
    }

    @Override
    public void numbers(Numbers changed) {
        numbers = changed;
    }

    Collection<StoredItem> items() {
        return items.values();
    }

    Collection<StoredMember> members() {
        return members.values();
    }

    Numbers numbers() {
        return numbers;
    }

    /** Returns all of it, as a machine is rebuilt from. */
    QueueMachine.Kept kept() {
        return new QueueMachine.Kept(List.copyOf(items.values()), List.copyOf(members.values()), numbers);
    }
}
