package io.evenkeel.pipeline.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.protocol.RunEvent.HealCheck;
import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealLocator;
import io.evenkeel.pipeline.protocol.RunEvent.HealMoment;
import io.evenkeel.pipeline.protocol.RunEvent.HealSubject;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON form of a healing event, without the envelope of a spool line. Thread-safe. */
public final class HealJson {

    private static final String LIVE = "live";

    private HealJson() {}

    static HealEvent read(Fields f) {
        Map<String, Double> signals = new LinkedHashMap<>();
        f.objects("signals").forEach(s -> signals.put(s.text("name", ""), s.fraction("share")));
        return new HealEvent(
                new HealSubject(
                        f.required("id"),
                        f.text("file", ""),
                        f.count("line"),
                        f.text("cause", ""),
                        f.optional("pageUrl")),
                new HealLocator(
                        f.text("originalSelector", ""), f.optional("healedSelector"), f.text("strategy", ""), signals),
                new HealDecision(
                        f.fraction("confidence"),
                        f.text("tier", "refused"),
                        f.text("reason", ""),
                        Duration.ofMillis(Math.max(0, f.number("executionTimeMs", 0))),
                        f.text("source", "").equals(LIVE) ? HealMoment.LIVE : HealMoment.AFTER_THE_RUN),
                f.object("verification").map(v -> verification(v, f)),
                f.optional("patch"));
    }

    private static HealVerification verification(Fields v, Fields heal) {
        return new HealVerification(
                v.text("unpatched", ""),
                v.texts("patched"),
                v.count("users"),
                heal.node().path("success").asBoolean(false),
                v.objects("checks").stream()
                        .map(c -> new HealCheck(c.text("name", ""), c.text("finding", ""), c.text("reason", "")))
                        .toList());
    }

    /** Returns the event as a JSON object; signals stand in falling order of their share. */
    public static ObjectNode write(HealEvent heal) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", heal.subject().id());
        json.put("file", heal.subject().file());
        json.put("line", heal.subject().line());
        json.put("cause", heal.subject().cause());
        json.put("originalSelector", heal.locator().original());
        heal.locator().healed().ifPresent(healed -> json.put("healedSelector", healed));
        json.put("confidence", heal.decision().confidence());
        json.put("strategy", heal.locator().strategy());
        ArrayNode signals = json.putArray("signals");
        heal.locator().signals().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(s -> signals.addObject().put("name", s.getKey()).put("share", s.getValue()));
        json.put("tier", heal.decision().tier());
        if (heal.decision().moment() == HealMoment.LIVE) {
            json.put("source", LIVE);
        }
        json.put("success", heal.verification().map(HealVerification::success).orElse(false));
        heal.verification().ifPresent(v -> {
            ObjectNode runs = json.putObject("verification");
            runs.put("unpatched", v.unpatched());
            v.patched().forEach(runs.putArray("patched")::add);
            runs.put("users", v.users());
            if (!v.checks().isEmpty()) {
                ArrayNode checks = runs.putArray("checks");
                v.checks()
                        .forEach(check -> checks.addObject()
                                .put("name", check.name())
                                .put("finding", check.finding())
                                .put("reason", check.reason()));
            }
        });
        json.put("reason", heal.decision().reason());
        heal.patch().ifPresent(patch -> json.put("patch", patch));
        heal.subject().pageUrl().ifPresent(url -> json.put("pageUrl", url));
        json.put("executionTimeMs", heal.decision().executionTime().toMillis());
        return json;
    }
}
