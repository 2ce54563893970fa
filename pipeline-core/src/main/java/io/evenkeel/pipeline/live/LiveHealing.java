package io.evenkeel.pipeline.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.healing.MissingElement;
import io.evenkeel.healing.live.PageTokens;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.pipeline.heal.LiveRepair.Asked;
import io.evenkeel.pipeline.heal.LiveRepair.Decision;
import io.evenkeel.pipeline.heal.LiveRepair.Decision.Repaired;
import io.evenkeel.pipeline.loopback.LoopbackServer;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where the workers of one share ask with which locator a test may go on, and what came of it. Thread-safe; ends with {@link #close}.
 */
public final class LiveHealing implements AutoCloseable {

    /** Environment variable that tells the address to our scripts. */
    public static final String VARIABLE = "EVENKEEL_HEAL";

    private static final int LONGEST_BODY = 32 * 1024 * 1024;
    private static final int MOST_EVENTS = 10_000;

    private final Function<Asked, Decision> repair;
    private final int redesign;
    private final Consumer<String> people;
    private final LoopbackServer server;

    private final Map<Integer, HealEvent> offered = new LinkedHashMap<>();
    private final List<HealEvent> healed = new ArrayList<>();
    private final Set<String> said = new HashSet<>();
    private final Set<String> broken = new HashSet<>(); // locators that were offered another one
    private int last;

    private LiveHealing(Function<Asked, Decision> repair, int redesign, Consumer<String> people) throws IOException {
        this.repair = repair;
        this.redesign = redesign;
        this.people = people;
        this.server = LoopbackServer.start("evenkeel-live", LONGEST_BODY, this::answer);
    }

    /**
     * Starts to listen.
     *
     * @param repair decides on one call; thread-safe
     * @param redesign different locators that may break at once; with more of them it is a redesign, and tests fail as they would without us
     * @param people takes a line for each locator that was healed, once
     * @throws IOException when there is no port
     */
    public static LiveHealing start(Function<Asked, Decision> repair, int redesign, Consumer<String> people)
            throws IOException {
        return new LiveHealing(repair, redesign, people);
    }

    /** Returns the value of {@link #VARIABLE}. */
    public URI address() {
        return server.address();
    }

    /** Returns what kept tests going so far, in the order it happened: one event for each test and locator. */
    public synchronized List<HealEvent> healed() {
        return List.copyOf(healed);
    }

    private ObjectNode answer(String route, JsonNode question) {
        return switch (route) {
            case "script" -> object().put("script", PageTokens.script());
            case "ask" -> ask(question);
            default -> done(question);
        };
    }

    private ObjectNode ask(JsonNode question) {
        Decision decision;
        try {
            decision = repair.apply(asked(question));
        } catch (SnapshotRefusedException e) {
            decision = new Decision.Left(e.reason());
        }
        return decision.match(
                repaired -> LocatorCalls.of(repaired.locator())
                        .map(calls -> offer(repaired, calls))
                        .orElseGet(() -> object().put("reason", "The element lies in a frame.")),
                left -> object().put("reason", left.reason()));
    }

    private static Asked asked(JsonNode question) {
        JsonNode place = question.path("place");
        return new Asked(
                question.path("test").asText(),
                new MissingElement.Call(
                        question.path("locator").asText(),
                        question.path("action").asText(),
                        new CallSite(
                                place.path("file").asText(),
                                Math.max(0, place.path("line").asInt()),
                                Math.max(0, place.path("column").asInt()))),
                question.path("testIdAttribute").asText(),
                PageTokens.read(
                        question.path("url").asText(), question.path("page").asText()));
    }

    private synchronized ObjectNode offer(Repaired repaired, ArrayNode calls) {
        if (offered.size() + healed.size() >= MOST_EVENTS) {
            return object().put("reason", "Too much was healed already.");
        }
        String original = repaired.event().locator().original();
        if (!broken.contains(original) && broken.size() >= redesign) {
            sayOnce("More than " + redesign
                    + " locators are broken at once: this is a redesign, and no others are healed live.");
            return object().put("reason", "This is a redesign.");
        }
        broken.add(original);
        offered.put(++last, repaired.event());
        ObjectNode answer = object().put("id", last);
        answer.set("locator", calls);
        return answer;
    }

    private synchronized ObjectNode done(JsonNode body) {
        Optional<HealEvent> event =
                Optional.ofNullable(offered.remove(body.path("id").asInt()));
        if (event.isPresent() && body.path("result").asText().equals("passed")) {
            HealEvent heal = event.get();
            boolean known = healed.stream()
                    .anyMatch(other -> other.subject().equals(heal.subject())
                            && other.locator().original().equals(heal.locator().original()));
            if (!known) {
                healed.add(heal);
            }
            sayOnce("Healed live: " + heal.locator().original() + " → "
                    + heal.locator().healed().orElse("") + " (" + heal.subject().file() + ":"
                    + heal.subject().line() + ", "
                    + Math.round(100 * heal.decision().confidence()) + " %)");
        }
        return object();
    }

    private void sayOnce(String line) {
        if (said.add(line)) {
            people.accept(line);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {
        server.close();
    }
}
