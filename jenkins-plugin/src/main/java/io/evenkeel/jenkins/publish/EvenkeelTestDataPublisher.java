package io.evenkeel.jenkins.publish;

import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.junit.CaseResult;
import hudson.tasks.junit.TestAction;
import hudson.tasks.junit.TestDataPublisher;
import hudson.tasks.junit.TestObject;
import hudson.tasks.junit.TestResult;
import hudson.tasks.junit.TestResultAction;
import io.evenkeel.jenkins.results.EvenkeelRunAction;
import io.evenkeel.jenkins.results.SuiteName;
import io.evenkeel.jenkins.results.TestRow;
import java.util.List;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code junit testDataPublishers: [evenkeelLabels()]}: shows with each test of the {@code junit} step what Evenkeel knows of it. */
public final class EvenkeelTestDataPublisher extends TestDataPublisher {

    private @Nullable String suite;

    @DataBoundConstructor
    public EvenkeelTestDataPublisher() {}

    public @Nullable String getSuite() {
        return suite;
    }

    @DataBoundSetter
    public void setSuite(@Nullable String suite) {
        this.suite = Util.fixEmptyAndTrim(suite);
    }

    @Override
    public TestResultAction.Data contributeTestData(
            Run<?, ?> run, FilePath workspace, Launcher launcher, TaskListener listener, TestResult testResult) {
        return new Data(SuiteName.of(suite).title());
    }

    /** Finds the test in the run's own results when a page asks for it; nothing is stored twice. */
    private static final class Data extends TestResultAction.Data {

        private final String suite;

        Data(String suite) {
            this.suite = suite;
        }

        @Override
        public List<? extends TestAction> getTestAction(TestObject testObject) {
            Run<?, ?> run = testObject.getRun();
            if (!(testObject instanceof CaseResult test) || run == null) {
                return List.of();
            }
            return run.getActions(EvenkeelRunAction.class).stream()
                    .filter(action -> action.suite().title().equals(suite))
                    .flatMap(action -> action.getView().tests().stream())
                    .filter(row -> matches(row, test))
                    .map(EvenkeelTestAction::new)
                    .toList();
        }

        /** Playwright's reporter writes the file as class name and the titles as name; the file may begin at another folder. */
        private static boolean matches(TestRow row, CaseResult test) {
            String file = test.getClassName();
            return row.name().equals(test.getName())
                    && file != null
                    && (row.place().file().endsWith(file)
                            || file.endsWith(row.place().file()));
        }
    }

    /** Describes the publisher. */
    @Extension
    @Symbol("evenkeelLabels")
    public static final class DescriptorImpl extends Descriptor<TestDataPublisher> {
        @Override
        public String getDisplayName() {
            return "Flakiness, labels and heals of Evenkeel";
        }
    }
}
