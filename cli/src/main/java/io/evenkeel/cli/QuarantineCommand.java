package io.evenkeel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.client.Answer;
import io.evenkeel.pipeline.client.ClientSettings;
import io.evenkeel.pipeline.client.CoordinatorClient;
import io.evenkeel.pipeline.client.QuarantineWish;
import io.evenkeel.pipeline.job.QuarantineStep;
import io.evenkeel.pipeline.job.WorkFolder;
import io.evenkeel.pipeline.quarantine.QuarantineFile;
import io.evenkeel.pipeline.quarantine.Quarantined;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evenkeel quarantine}: lists, advises, adds and releases; {@link BurstCommand} is a part of it. */
@Command(
        name = "quarantine",
        synopsisSubcommandLabel = "list|advise|add|release|burst",
        description = {
            "Shows and changes which flaky tests run without failing the pipeline.",
            "",
            "With a coordinator (EVENKEEL_URL) the list is the coordinator's, and .evenkeel/quarantine.json its copy for when it is away. Without one the file is the list; keep it between builds as you keep timings.json."
        },
        footer = {
            "",
            "Examples:",
            "  evenkeel quarantine advise",
            "  evenkeel quarantine add 5c1f0e-a81b20 --owner team-checkout --days 14",
            "",
            "Exit code: 0 done, 2 wrong use, 3 the coordinator refused or did not answer."
        })
final class QuarantineCommand {

    private static final int DAYS = 14;

    private final Program program;

    QuarantineCommand(Program program) {
        this.program = program;
    }

    /** What all four have in common. */
    static final class Where {

        @Mixin
        private final ProjectOptions project = new ProjectOptions();

        @Option(
                names = "--suite",
                paramLabel = "<config>",
                description =
                        "Playwright configuration, as the coordinator names it. Default: the suite that ran last.")
        private String suite = "";

        @Option(names = "--json", description = "Print the answer as JSON on standard output.")
        private boolean json;
    }

    /** A command's connection and folder; closed by closing it. */
    private record Session(WorkFolder folder, ConsolePeople people, Optional<CoordinatorClient> coordinator)
            implements AutoCloseable {

        QuarantineStep cached() {
            return QuarantineStep.cached(folder, people);
        }

        @Override
        public void close() {
            coordinator.ifPresent(CoordinatorClient::close);
        }
    }

    private Session session(Where where) {
        Settings settings = program.settings();
        ConsolePeople people = new ConsolePeople(program.terminal(), System::nanoTime);
        Optional<CoordinatorClient> coordinator = settings.url()
                .map(url -> CoordinatorClient.at(
                        url.toString(),
                        settings.token().map(Secret::of).orElseGet(Secret::none),
                        ClientSettings.standard(),
                        people::warn));
        return new Session(new WorkFolder(settings.workFolder(where.project.directory())), people, coordinator);
    }

    @Command(
            name = "list",
            description =
                    "Shows what is quarantined, who answers for it, until when, and how far it is on its way back.")
    int list(@Mixin Where where) throws IOException {
        try (Session session = session(where)) {
            Optional<Answer<String>> answer = session.coordinator().map(client -> client.quarantine(where.suite));
            Optional<String> text = answer.flatMap(Answer::value);
            if (text.isPresent()) {
                session.cached().refreshed(session.coordinator(), where.suite);
                return show(where, text.get());
            }
            if (answer.isPresent() && isRefused(answer.get())) {
                return refused(answer.get());
            }
            program.terminal().line(Style.DIM, "From " + session.folder().quarantine() + ", without a coordinator.");
            return show(where, QuarantineFile.format(session.cached().list()));
        }
    }

    @Command(
            name = "advise",
            description =
                    "Says which tests should go in and which should leave, and why. Needs a coordinator: it has the history.")
    int advise(@Mixin Where where) {
        try (Session session = session(where)) {
            if (session.coordinator().isEmpty()) {
                throw new UsageException(
                        "Advice needs history. Set EVENKEEL_URL and EVENKEEL_TOKEN to those of your coordinator.");
            }
            Answer<String> answer = session.coordinator().get().quarantineAdvice(where.suite);
            return answer.value().isPresent() ? show(where, answer.value().get()) : refused(answer);
        }
    }

    @Command(name = "add", description = "Quarantines a test, with an owner and an end. A broken test is refused.")
    int add(
            @Mixin Where where,
            @Parameters(
                            paramLabel = "<test id>",
                            description = "Id of the test, as list, advise and the run page show it.")
                    String test,
            @Option(names = "--owner", required = true, paramLabel = "<who>", description = "Who will repair it.")
                    String owner,
            @Option(
                            names = "--reason",
                            paramLabel = "<text>",
                            defaultValue = "",
                            description = "Why. Default: what the history says.")
                    String reason,
            @Option(
                            names = "--days",
                            paramLabel = "<n>",
                            defaultValue = "" + DAYS,
                            description = "How long, 1 to 30. Default: ${DEFAULT-VALUE}.")
                    int days)
            throws IOException {
        String why = reason.strip();
        Quarantined entry = Quarantined.of(test, owner, why, Clock.systemUTC().instant(), days);
        try (Session session = session(where)) {
            if (session.coordinator().isPresent()) {
                Answer<String> answer = session.coordinator()
                        .get()
                        .addToQuarantine(test, new QuarantineWish(where.suite, owner, why, days));
                return changed(session, where, answer);
            }
            QuarantineStep step = session.cached();
            step.keep(step.list().with(entry));
            return said(
                    where,
                    "Quarantined until " + entry.until().toString().substring(0, 10) + ", owner " + owner + ": "
                            + test);
        }
    }

    @Command(name = "release", description = "Takes a test out: its failures count again.")
    int release(
            @Mixin Where where,
            @Parameters(paramLabel = "<test id>", description = "Id of the test, as list shows it.") String test)
            throws IOException {
        try (Session session = session(where)) {
            if (session.coordinator().isPresent()) {
                return changed(session, where, session.coordinator().get().releaseFromQuarantine(test, where.suite));
            }
            QuarantineStep step = session.cached();
            boolean inside = step.list().entry(test).isPresent();
            step.keep(step.list().without(test));
            return said(where, (inside ? "Released: " : "It was not quarantined: ") + test);
        }
    }

    private int changed(Session session, Where where, Answer<String> answer) throws IOException {
        if (answer.value().isEmpty()) {
            return refused(answer);
        }
        session.cached().refreshed(session.coordinator(), where.suite);
        if (where.json) {
            program.out().println(answer.value().get());
        } else {
            JsonNode json = read(answer.value().get());
            program.terminal()
                    .line(
                            Style.GREEN,
                            json.has("released")
                                    ? (json.path("released").asBoolean() ? "Released." : "It was not quarantined.")
                                    : line(json));
        }
        return ExitCodes.PASSED;
    }

    private int said(Where where, String sentence) {
        if (where.json) {
            program.out().println(new ObjectMapper().createObjectNode().put("done", sentence));
        } else {
            program.terminal().line(Style.GREEN, sentence);
        }
        return ExitCodes.PASSED;
    }

    private static boolean isRefused(Answer<String> answer) {
        return answer.match(delivered -> false, refused -> true, unreachable -> false);
    }

    private int refused(Answer<String> answer) {
        String why = answer.match(
                delivered -> "",
                refused -> refused.reason(),
                unreachable -> unreachable.reason() + "; try again later");
        program.terminal().line(Style.RED, "evenkeel: The coordinator did not do it: " + why + ".");
        return ExitCodes.INFRASTRUCTURE;
    }

    private int show(Where where, String text) {
        if (where.json) {
            program.out().println(text.strip());
            return ExitCodes.PASSED;
        }
        List<String> lines = new ArrayList<>();
        read(text).path("tests").forEach(test -> lines.add(line(test)));
        if (lines.isEmpty()) {
            lines.add("Nothing.");
        }
        lines.forEach(program.terminal()::line);
        return ExitCodes.PASSED;
    }

    private static JsonNode read(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The answer of the coordinator is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** One test in at most three lines: what, whose, and why. */
    private static String line(JsonNode test) {
        List<String> titles = new ArrayList<>();
        test.path("titles").forEach(title -> titles.add(title.asText()));
        String name = titles.isEmpty()
                ? test.path("name").asText()
                : test.path("file").asText() + " › " + String.join(" › ", titles);
        StringBuilder line =
                new StringBuilder(test.path("id").asText()).append("  ").append(name);
        if (test.hasNonNull("owner")) {
            line.append(String.format(
                    Locale.ROOT,
                    "%n    %s until %s, owner %s%s",
                    test.path("state").asText("active"),
                    day(test.path("until").asText()),
                    test.path("owner").asText(),
                    test.path("reason").asText().isEmpty()
                            ? ""
                            : ": " + test.path("reason").asText()));
        }
        if (test.path("failing").size() > 0) {
            line.append(String.format(
                    Locale.ROOT,
                    "%n    failed throughout on %d commits",
                    test.path("failing").size()));
        }
        String why = test.path("leftWhy").asText(test.path("why").asText());
        if (!why.isEmpty()) {
            line.append(String.format(
                    Locale.ROOT, "%n    %s: %s", test.path("advice").asText(), why));
        }
        return line.toString();
    }

    private static String day(String instant) {
        return instant.substring(0, Math.min(10, instant.length()));
    }
}
