package io.evenkeel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.healing.Destructive;
import io.evenkeel.healing.Heal;
import io.evenkeel.healing.Healer;
import io.evenkeel.healing.HealingOutcome;
import io.evenkeel.pipeline.heal.CaseFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** One recorded failure, explained without a run and without proof. */
record ExplainedCase(Program program, Destructive destructive) {

    /** For whom it is printed. */
    enum Form {
        LINES,
        LINES_AND_JSON
    }

    /**
     * Prints what is found and why.
     *
     * @param folder with the test's entry of Playwright's JSON report
     */
    int explain(Path folder, Form form) throws IOException {
        CaseFolder failure = new CaseFolder(folder);
        if (!failure.exists()) {
            throw new UsageException("The folder (" + folder + ") given to --explain holds no " + CaseFolder.ENTRY
                    + ". Save the test's entry of Playwright's JSON report there, with its trace.zip.");
        }
        HealingOutcome outcome = new Healer(destructive).diagnose(failure.read());
        Terminal terminal = program.terminal();
        terminal.line(Style.BOLD, outcome.word());
        outcome.diagnosis().explanation().forEach(line -> terminal.line("  · " + line));
        heals(outcome)
                .forEach(heal -> terminal.line(String.format(
                        Locale.ROOT,
                        "  %s   confidence %.2f, %s",
                        heal.locator(),
                        heal.confidence(),
                        heal.tier().name().toLowerCase(Locale.ROOT))));
        if (form == Form.LINES_AND_JSON) {
            ObjectNode event = new ObjectMapper().createObjectNode();
            event.put("outcome", outcome.word());
            ArrayNode lines = event.putArray("explanation");
            outcome.diagnosis().explanation().forEach(lines::add);
            ArrayNode heals = event.putArray("heals");
            heals(outcome)
                    .forEach(heal -> heals.addObject()
                            .put("locator", heal.locator())
                            .put("element", heal.element())
                            .put("confidence", heal.confidence())
                            .put("tier", heal.tier().name().toLowerCase(Locale.ROOT)));
            program.out().println(event.toPrettyString());
        }
        return ExitCodes.PASSED;
    }

    private static List<Heal> heals(HealingOutcome outcome) {
        return outcome.match(
                healed -> List.of(healed.heal()),
                ambiguous -> ambiguous.choices(),
                notFound -> List.of(),
                refused -> List.of(),
                unsupported -> List.of());
    }
}
