package io.evenkeel.jenkins.executor;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.support.concurrent.Timeout;

/**
 * Questions to an agent that do not wait for ever: a machine that is frozen or cut off keeps its connection until Jenkins's ping notices.
 */
final class Answer {

    /** {@code sh} waits less, but its agents are not as busy. */
    private static final Duration MOST = Duration.ofSeconds(60);

    private Answer() {}

    /** A question to an agent. */
    interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    /** The agent has not answered, and nobody says that the connection is gone. */
    static final class MissingException extends IOException {
        private static final long serialVersionUID = 1L;

        private MissingException(InterruptedException cause) {
            super("no answer for " + MOST.toSeconds() + " seconds", cause);
        }
    }

    /**
     * Asks and waits.
     *
     * @throws MissingException when there is no answer in time
     * @throws InterruptedException when somebody else ends the waiting
     */
    static <T> T within(Question<T> question) throws IOException, InterruptedException {
        long asked = System.nanoTime();
        try (Timeout limit = Timeout.limit(MOST.toSeconds(), TimeUnit.SECONDS)) {
            return question.ask();
        } catch (InterruptedException e) {
            if (System.nanoTime() - asked < MOST.toNanos()) {
                throw e;
            }
            throw new MissingException(e);
        }
    }
}
