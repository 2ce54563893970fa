package io.evenkeel.coordinator.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.coordinator.page.HealCard.DiffLine;
import io.evenkeel.coordinator.page.HealCard.Proof;
import io.evenkeel.coordinator.page.HealCard.Signal;
import io.evenkeel.coordinator.run.TestInRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the cards of healing events. */
final class HealCards {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_DIFF_LINES = 200;

    private HealCards() {}

    static List<HealCard> of(List<String> heals, Map<String, TestInRun> tests) {
        return heals.stream().map(heal -> card(parse(heal), tests)).toList();
    }

    private static HealCard card(JsonNode heal, Map<String, TestInRun> tests) {
        TestInRun test = tests.get(heal.path("id").asText());
        String place = heal.path("file").asText()
                + (heal.path("line").asInt() > 0 ? ":" + heal.path("line").asInt() : "");
        return new HealCard(
                new HealCard.Subject(
                        test == null ? heal.path("id").asText() : test.test().fullTitle(),
                        place,
                        heal.path("cause").asText().replace('-', ' ')),
                new HealCard.Locator(
                        heal.path("originalSelector").asText(),
                        heal.path("healedSelector").asText(""),
                        heal.path("strategy").asText()),
                new HealCard.Decision(
                        outcome(heal),
                        Format.percent(heal.path("confidence").asDouble()),
                        heal.path("reason").asText(),
                        signals(heal)),
                proof(heal),
                diff(heal.path("patch").asText("")));
    }

    private static String outcome(JsonNode heal) {
        if (heal.path("success").asBoolean()) {
            return "verified";
        }
        if (heal.path("tier").asText().equals("refused")) {
            return "refused";
        }
        if (heal.path("source").asText().equals("live")) {
            return "healed live";
        }
        return heal.has("verification") ? "not confirmed" : "suggestion";
    }

    private static List<Signal> signals(JsonNode heal) {
        List<Signal> signals = new ArrayList<>();
        for (JsonNode signal : heal.path("signals")) {
            double share = signal.path("share").asDouble();
            signals.add(new Signal(signal.path("name").asText(), Format.percent(share), Bar.share("healed", share)));
        }
        return signals;
    }

    private static List<Proof> proof(JsonNode heal) {
        JsonNode runs = heal.path("verification");
        List<Proof> proof = new ArrayList<>();
        if (!runs.isObject()) {
            return proof;
        }
        proof.add(new Proof("Re-run without the patch", runs.path("unpatched").asText()));
        int number = 0;
        for (JsonNode patched : runs.path("patched")) {
            proof.add(new Proof("Re-run " + ++number + " with the patch", patched.asText()));
        }
        if (runs.path("users").asInt() > 0) {
            proof.add(new Proof(
                    "Other tests that use the locator",
                    Format.count(runs.path("users").asInt(), "test") + " run"));
        }
        for (JsonNode check : runs.path("checks")) {
            String name = check.path("name").asText();
            proof.add(new Proof(
                    name.isEmpty() ? "Check" : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                    check.path("finding").asText().replace('-', ' ') + ". "
                            + check.path("reason").asText()));
        }
        return proof;
    }

    private static List<DiffLine> diff(String patch) {
        return patch.lines().limit(MOST_DIFF_LINES).map(HealCards::line).toList();
    }

    private static DiffLine line(String text) {
        if (text.startsWith("+++") || text.startsWith("---") || text.startsWith("@@") || text.startsWith("diff ")) {
            return new DiffLine("at", text);
        }
        if (text.startsWith("+")) {
            return new DiffLine("add", text);
        }
        return new DiffLine(text.startsWith("-") ? "del" : "same", text);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A healing event in the database is no JSON: " + json, e);
        }
    }
}
