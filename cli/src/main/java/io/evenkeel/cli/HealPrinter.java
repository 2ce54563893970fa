package io.evenkeel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.heal.HealResult;
import io.evenkeel.pipeline.protocol.HealJson;
import java.util.List;
import java.util.Locale;

/** What came of each failure, for people and for programs. */
record HealPrinter(Program program) {

    /** How much people are told. */
    enum Detail {
        DECISIONS,
        STEPS
    }

    /** Shows each result, and how many there were of each kind. */
    void show(List<HealResult> results, Detail detail) {
        results.forEach(result -> show(result, detail));
        count(results);
    }

    private void show(HealResult result, Detail detail) {
        Terminal terminal = program.terminal();
        var event = result.event();
        String place = event.subject().file() + ":" + event.subject().line();
        if (result.healed()) {
            String mark = result.verified() ? "healed" : "suggestion";
            terminal.line(terminal.styled(result.verified() ? Style.GREEN : Style.YELLOW, mark) + "  "
                    + event.locator().original() + " → "
                    + event.locator().healed().orElse("")
                    + String.format(
                            Locale.ROOT,
                            "   confidence %.2f, mostly %s, %s",
                            event.decision().confidence(),
                            event.locator().strategy(),
                            event.decision().tier()));
        } else {
            terminal.line(terminal.styled(Style.RED, "refused") + "  "
                    + event.subject().cause()
                    + (event.locator().original().isEmpty()
                            ? ""
                            : "  " + event.locator().original()));
        }
        if (!event.subject().file().isEmpty()) {
            terminal.line(Style.DIM, "        " + place);
        }
        terminal.line("        " + event.decision().reason());
        result.tests().forEach(test -> terminal.line(Style.DIM, "        " + test));
        if (detail == Detail.STEPS) {
            result.explanation().forEach(line -> terminal.line("          · " + line));
        }
    }

    private void count(List<HealResult> results) {
        long healed = results.stream().filter(HealResult::healed).count();
        long verified = results.stream().filter(HealResult::verified).count();
        program.terminal()
                .line(
                        Style.BOLD,
                        "healed " + healed + " verified " + verified + " refused " + (results.size() - healed));
    }

    /** Prints the healing events as JSON. */
    void print(List<HealResult> results) {
        ArrayNode events = new ObjectMapper().createArrayNode();
        results.forEach(result -> events.add(HealJson.write(result.event())));
        program.out().println(events.toPrettyString());
    }
}
