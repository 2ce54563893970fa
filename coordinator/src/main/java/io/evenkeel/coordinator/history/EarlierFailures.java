package io.evenkeel.coordinator.history;

import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.flaky.rate.Recurrence;

/**
 * Finds the failure of a pull request on unrelated pull requests before it.
 *
 * <p>Unrelated is what has another pull request, or branch where none is named, and another commit; whether one was built upon the other is not known. Between the two the test must have
 * passed on the stable branch: else it is red there, and the pull requests show nothing of their own. One thread, one transaction.
 */
final class EarlierFailures {

    /** Results of a test that are looked at, the latest; bounds the time of a judgement. */
    private static final int RESULTS = 500;

    private final Transaction tx;
    private final long runId;

    EarlierFailures(Transaction tx, long runId) {
        this.tx = tx;
        this.runId = runId;
    }

    /** Returns the unrelated pull requests on which the test failed throughout for the cause it has in this run. */
    Recurrence of(long testId) {
        int found = tx.first(
                        """
                        select count(distinct case when r.pull_request <> '' then r.pull_request else r.branch end)
                        from run here join run_test mine on mine.run_id = here.id and mine.test_id = ?
                          join run_test rt on rt.test_id = mine.test_id and rt.run_id < here.id
                          join run r on r.id = rt.run_id
                        where here.id = ? and mine.cause <> '' and rt.cause = mine.cause and rt.verdict = ?
                          and r.stable = 0 and r.commit_sha <> here.commit_sha
                          and case when r.pull_request <> '' then r.pull_request else r.branch end
                            <> case when here.pull_request <> '' then here.pull_request else here.branch end
                          and not exists (select 1 from label l
                            where l.run_id = rt.run_id and l.test_id = rt.test_id and l.label = 'infrastructure')
                          and exists (select 1 from run_test good join run s on s.id = good.run_id
                            where good.test_id = rt.test_id and good.run_id > rt.run_id and good.run_id < here.id
                              and good.verdict = ? and s.stable = 1)
                          and rt.run_id >= (select coalesce(min(latest.run_id), 0) from (select n.run_id from run_test n
                            where n.test_id = ? and n.run_id < ? order by n.run_id desc limit ?) latest)""", row -> row.getInt(1), testId, runId, Codes.FAILED, Codes.PASSED, testId, runId, RESULTS)
                .orElse(0);
        return new Recurrence(found);
    }
}
