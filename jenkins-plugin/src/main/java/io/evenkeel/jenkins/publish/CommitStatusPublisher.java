package io.evenkeel.jenkins.publish;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Optional;

/** Sets commit statuses at one kind of forge. Thread-safe. */
public abstract class CommitStatusPublisher implements ExtensionPoint {

    /**
     * Sets a status on the commit that a build has tested.
     *
     * @return what was done, for the log; empty when the build's sources are not of this forge
     * @throws IOException when the forge does not take it
     */
    protected abstract Optional<String> publish(Run<?, ?> run, CommitStatus status, TaskListener listener)
            throws IOException;

    /** Sets a status at the first forge that knows the build's sources; returns a line for the log. */
    static String publishFirst(Run<?, ?> run, CommitStatus status, TaskListener listener) throws IOException {
        for (CommitStatusPublisher publisher : ExtensionList.lookup(CommitStatusPublisher.class)) {
            Optional<String> done = publisher.publish(run, status, listener);
            if (done.isPresent()) {
                return done.get();
            }
        }
        return "Neither a check nor a commit status can be set for this job: its sources are of no forge that an installed plugin knows.";
    }
}
