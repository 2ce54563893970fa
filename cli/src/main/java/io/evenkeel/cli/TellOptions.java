package io.evenkeel.cli;

import io.evenkeel.pipeline.host.Publication.Comments;
import io.evenkeel.pipeline.host.Publication.Links;
import io.evenkeel.pipeline.host.Publication.Style;
import io.evenkeel.pipeline.host.RepositoryPlaces;
import io.evenkeel.pipeline.host.RunContext;
import io.evenkeel.pipeline.summary.RunSummary;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the CI around us is told. */
final class TellOptions {

    @Option(
            names = "--name",
            paramLabel = "<name>",
            description =
                    "Name of the suite in checks and comments; give each its own when a project has several. Default:"
                            + " EVENKEEL_NAME or playwright.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--comment",
            paramLabel = "<when>",
            description = "When a comment is wanted under a pull or merge request: problems, always or off. Default:"
                    + " EVENKEEL_COMMENT or problems.")
    private Optional<String> comment = Optional.empty();

    @Option(
            names = "--report-url",
            paramLabel = "<url>",
            description = "Where people will find the merged report, for the links. Default: EVENKEEL_REPORT_URL.")
    private Optional<String> reportUrl = Optional.empty();

    @Option(
            names = "--no-tell",
            description = "Tell the CI around us nothing: no summary, no annotations, no check, no comment.")
    private boolean silent;

    /** Returns how to tell; empty when nothing is to be told. */
    Optional<Telling> style(Program program, RunOptions options, RunContext run) {
        if (silent) {
            return Optional.empty();
        }
        Settings settings = program.settings();
        String when = comment.or(() -> settings.value("EVENKEEL_COMMENT")).orElse("problems");
        Comments comments = switch (when.toLowerCase(Locale.ROOT)) {
            case "problems" -> Comments.PROBLEMS;
            case "always" -> Comments.ALWAYS;
            case "off" -> Comments.OFF;
            default -> throw new UsageException("--comment (" + when + ") must be problems, always or off.");
        };
        return Optional.of(new Telling(
                name.or(() -> settings.value("EVENKEEL_NAME")).orElse("playwright"),
                new Links(
                        reportUrl
                                .or(() -> settings.value("EVENKEEL_REPORT_URL"))
                                .orElse(""),
                        run.url().orElse("")),
                options.words().isEmpty() ? "npx playwright test" : String.join(" ", options.words()),
                comments,
                options.directory()));
    }

    /** What is known before the run is read. */
    record Telling(String name, Links links, String command, Comments comments, Path project) {

        Style style(RunSummary summary) {
            return new Style(name, links, RepositoryPlaces.of(project, summary), command, comments);
        }
    }
}
