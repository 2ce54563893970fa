package io.evenkeel.pipeline.job;

/** Takes text for the person who started the job. Thread-safe. */
public interface People {

    /** Says one line. */
    void say(String line);

    /** Says one line that a person should act on. */
    void warn(String line);

    /** Shows how far a run is; called often, implementations choose what to show. */
    default void progress(Progress progress) {}

    /**
     * How far a run is.
     *
     * @param planned tests that must run
     * @param ended tests with at least one ended attempt
     * @param failed tests whose last attempt was not as expected
     * @param running attempts that run now
     */
    record Progress(int planned, int ended, int failed, int running) {}
}
