package io.evenkeel.pipeline.heal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.healing.Tuning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people decided on repairs of this project before, as the coordinator keeps it.
 *
 * <p>Immutable.
 *
 * @param decided accepted and rejected ones
 */
public record PastDecisions(List<Decided> decided) {

    /** Nobody has decided anything, or nobody remembers. */
    public static final PastDecisions NONE = new PastDecisions(List.of());

    private static final String REJECTED = "rejected";

    public PastDecisions {
        decided = List.copyOf(decided);
    }

    /** An edit of a file. */
    public record Change(String file, String original, String healed) {}

    /** A decision: {@code state} is {@code accepted} or {@code rejected}; {@code words} say who and when, for people. */
    public record Decided(Change change, String state, String strategy, String words) {}

    /** Reads the proposals of docs/reference/http-api.md; what is no such document says nothing. */
    public static PastDecisions read(String proposals) {
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(proposals);
        } catch (JsonProcessingException e) {
            return NONE;
        }
        List<Decided> decided = new ArrayList<>();
        for (JsonNode proposal : json.path("proposals")) {
            String state = proposal.path("state").asText();
            if (state.equals("accepted") || state.equals(REJECTED)) {
                decided.add(new Decided(
                        new Change(
                                proposal.path("file").asText(),
                                proposal.path("originalSelector").asText(),
                                proposal.path("healedSelector").asText()),
                        state,
                        proposal.path("strategy").asText(),
                        words(proposal)));
            }
        }
        return new PastDecisions(decided);
    }

    private static String words(JsonNode proposal) {
        JsonNode decisions = proposal.path("decisions");
        JsonNode last = decisions.path(decisions.size() - 1);
        String by = last.path("by").asText("");
        String at = last.path("at").asText("");
        String reason = last.path("reason").asText("");
        return "Rejected" + (by.isEmpty() ? "" : " by " + by) + (at.length() < 10 ? "" : " on " + at.substring(0, 10))
                + (reason.isEmpty() ? "" : " (" + reason + ")") + ": this repair is not proposed again.";
    }

    /** Returns why a repair is not proposed again; empty when nobody rejected it. */
    Optional<String> rejected(Change change) {
        return decided.stream()
                .filter(one -> one.state().equals(REJECTED) && one.change().equals(change))
                .map(Decided::words)
                .findFirst();
    }

    /** Returns how careful these decisions make the ranker. */
    public Tuning tuning() {
        Map<String, Tuning.Decided> byStrategy = new HashMap<>();
        for (Decided one : decided) {
            boolean rejected = one.state().equals(REJECTED);
            byStrategy.merge(
                    one.strategy(),
                    new Tuning.Decided(rejected ? 0 : 1, rejected ? 1 : 0),
                    (a, b) -> new Tuning.Decided(a.accepted() + b.accepted(), a.rejected() + b.rejected()));
        }
        return Tuning.of(byStrategy);
    }
}
