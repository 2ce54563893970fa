package io.evenkeel.coordinator.run;

import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.coordinator.history.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * Takes batches of spool events and records each event exactly once.
 *
 * <p>An event is identified by its spool and number. The last number of a spool is stored in the same transaction as what the
 * events say, so a batch that comes again (after a lost answer, a restart, from two connections) finds its events known.
 *
 * <p>Thread-safe.
 */
public final class Ingest {

    private final Database database;
    private final Dictionary dictionary;
    private final RowKeys keys;
    private final LongConsumer changed;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder duplicates = new LongAdder();

    /**
     * Records into this database.
     *
     * @param changed is told the id of each run whose rows have changed, after the commit; must be quick
     */
    public Ingest(Database database, LongConsumer changed) {
        this.database = database;
        this.dictionary = new Dictionary();
        this.keys = new RowKeys(database);
        this.changed = changed;
    }

    /** Records the batch; returns when it is durable. */
    public IngestAnswer record(Project project, String runKey, Batch batch) {
        return database.writer().write(tx -> record(tx, project, runKey, batch));
    }

    /** Returns the number of events recorded since the start. */
    public long acceptedEvents() {
        return accepted.sum();
    }

    /** Returns the number of events that had been recorded before, since the start. */
    public long duplicateEvents() {
        return duplicates.sum();
    }

    private IngestAnswer record(Transaction tx, Project project, String runKey, Batch batch) {
        Optional<RunRow> found = RunRow.load(tx, project.id(), runKey);
        if (found.isEmpty()) {
            return new IngestAnswer.NoSuchRun();
        }
        RunRow run = found.get();
        SpoolRow spool = SpoolRow.loadOrCreate(tx, run.id, batch);
        List<Entry> fresh = new ArrayList<>();
        long wanted = spool.lastSeq + 1;
        for (Entry entry : batch.entries()) {
            if (entry.seq() > wanted) {
                return new IngestAnswer.Gap(wanted);
            }
            if (entry.seq() == wanted) {
                fresh.add(entry);
                wanted++;
            }
        }
        int known = batch.entries().size() - fresh.size();
        duplicates.add(known);
        if (!fresh.isEmpty()) {
            apply(tx, run, spool, fresh);
        }
        List<Entry> rejected =
                fresh.stream().filter(entry -> entry.event().isEmpty()).toList();
        return new IngestAnswer.Accepted(wanted - 1, fresh.size() - rejected.size(), known, rejected);
    }

    private void apply(Transaction tx, RunRow run, SpoolRow spool, List<Entry> fresh) {
        tx.afterRollback(dictionary::forget);
        EventRecorder recorder = new EventRecorder(tx, run, spool, dictionary, keys);
        for (Entry entry : fresh) {
            entry.event().ifPresentOrElse(recorder::record, () -> spool.rejectedEvents++);
            spool.lastSeq = entry.seq();
        }
        recorder.save();
        if (run.finishedMs > 0) {
            // Late news of a run that was judged without them.
            tx.flush();
            Judge.of(tx, run.frame()).judge(Judge.Which.OF_ENDED_EXECUTORS);
        }
        tx.afterCommit(() -> {
            accepted.add(fresh.size());
            changed.accept(run.id);
        });
    }
}
