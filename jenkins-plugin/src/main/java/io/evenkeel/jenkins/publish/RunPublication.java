package io.evenkeel.jenkins.publish;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.evenkeel.jenkins.results.BuildFiles;
import io.evenkeel.jenkins.results.EvenkeelRunAction;
import io.evenkeel.jenkins.results.RunOutcome;
import io.evenkeel.jenkins.results.RunView;
import io.evenkeel.jenkins.results.TestRow;
import io.jenkins.plugins.checks.api.ChecksAnnotation;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationBuilder;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationLevel;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails.ChecksDetailsBuilder;
import io.jenkins.plugins.checks.api.ChecksOutput;
import io.jenkins.plugins.checks.api.ChecksOutput.ChecksOutputBuilder;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisher.NullChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.checks.api.TruncatedString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.jenkinsci.plugins.displayurlapi.DisplayURLProvider;

/**
 * Tells the forge how a run ended: as a check where the forge's plugin offers checks, else as a commit status.
 *
 * <p>What cannot be published never changes a build; the log says it in one line.
 */
public final class RunPublication {

    /** GitHub takes this many annotations in one request. */
    private static final int ANNOTATIONS = 50;

    private RunPublication() {}

    /** Publishes a judged run. */
    public static void publish(Run<?, ?> run, EvenkeelRunAction action, TaskListener listener) {
        RunOutcome outcome = action.getOutcome();
        if (outcome == null) {
            return;
        }
        String url = DisplayURLProvider.get().getRunURL(run);
        try {
            ChecksPublisher checks = ChecksPublisherFactory.fromRun(run, listener);
            if (checks instanceof NullChecksPublisher) {
                CommitStatus status = new CommitStatus(
                        "Playwright".equals(action.suite().title())
                                ? "evenkeel"
                                : "evenkeel/" + action.suite().slug(),
                        outcome.getExitCode() == 0,
                        outcome.getSentence(),
                        url);
                say(listener, CommitStatusPublisher.publishFirst(run, status, listener));
                return;
            }
            checks.publish(new ChecksDetailsBuilder()
                    .withName(action.suite().title())
                    .withStatus(ChecksStatus.COMPLETED)
                    .withConclusion(conclusion(outcome))
                    .withDetailsURL(url)
                    .withOutput(output(run, action, outcome))
                    .build());
        } catch (IOException | RuntimeException e) {
            say(listener, "The result could not be published: " + e.getMessage());
        }
    }

    private static void say(TaskListener listener, String line) {
        if (!line.isEmpty()) {
            listener.getLogger().println("[Evenkeel] " + line);
        }
    }

    private static ChecksConclusion conclusion(RunOutcome outcome) {
        if (outcome.getExitCode() != 0) {
            return ChecksConclusion.FAILURE;
        }
        // A run that was kept going by a heal is never shown as plain passed.
        return outcome.getVerdict().equals("healed") ? ChecksConclusion.NEUTRAL : ChecksConclusion.SUCCESS;
    }

    private static ChecksOutput output(Run<?, ?> run, EvenkeelRunAction action, RunOutcome outcome) throws IOException {
        BuildFiles files = BuildFiles.of(run, action.suite());
        String markdown = Files.isRegularFile(files.markdown())
                ? Files.readString(files.markdown(), StandardCharsets.UTF_8)
                : outcome.getSentence();
        ChecksOutputBuilder output = new ChecksOutputBuilder()
                .withTitle(outcome.getSentence())
                .withSummary(new TruncatedString.Builder()
                        .addText(markdown)
                        .withTruncationText("\n\nThe rest is on the page of the build.")
                        .build());
        RunView view = action.getView();
        view.failed().stream()
                .filter(test -> test.place().line() > 0)
                .flatMap(test -> view.inRepository(test).map(path -> annotation(path, test)).stream())
                .limit(ANNOTATIONS)
                .forEach(output::addAnnotation);
        return output.build();
    }

    private static ChecksAnnotation annotation(String path, TestRow test) {
        String why = test.judgement().label().isEmpty()
                ? ""
                : test.judgement().label() + ": " + test.judgement().evidence() + "\n";
        String message = (why + test.shortError()).strip();
        return new ChecksAnnotationBuilder()
                .withPath(path)
                .withLine(test.place().line())
                .withAnnotationLevel(
                        List.of("known flaky", "quarantined")
                                        .contains(test.judgement().label())
                                ? ChecksAnnotationLevel.WARNING
                                : ChecksAnnotationLevel.FAILURE)
                .withTitle(test.name())
                .withMessage(message.isEmpty() ? "failed" : message)
                .build();
    }
}
