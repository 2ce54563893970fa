package io.evenkeel.pipeline.host;

import io.evenkeel.pipeline.fix.PullRequests;
import java.util.List;
import java.util.Optional;

/**
 * A CI or forge that plans and results are told to.
 *
 * <p>Nothing here throws for what a network, a server or a missing right can do: that is a {@link Told} with one line for people, and
 * the exit code of the tests stays what it is. Everything may be repeated: telling the same twice leaves one comment, one check.
 */
public interface CiHost {

    /** Returns its name for people, for example {@code GitHub Actions}. */
    String name();

    /**
     * Tells later jobs how many shards there are.
     *
     * @throws IllegalArgumentException when the CI cannot start that many jobs; the message says what to do
     */
    List<Told> planned(ShardJobs jobs);

    /** Tells the result of a whole run in every place this job has a right to write to. */
    List<Told> reported(Publication publication);

    /** Returns where fix pull requests are opened; empty when there is no token or no branch to merge into. */
    Optional<PullRequests> pullRequests();
}
