package io.evenkeel.jenkins.publish;

import hudson.tasks.junit.TestAction;
import io.evenkeel.jenkins.results.TestRow;
import org.jspecify.annotations.Nullable;

/** One line on the page of a test: whose failure it is, and why. Immutable. */
public final class EvenkeelTestAction extends TestAction {

    private final TestRow test;

    EvenkeelTestAction(TestRow test) {
        this.test = test;
    }

    public TestRow getTest() {
        return test;
    }

    @Override
    public @Nullable String getIconFileName() {
        return null;
    }

    @Override
    public @Nullable String getDisplayName() {
        return null;
    }

    @Override
    public @Nullable String getUrlName() {
        return null;
    }
}
