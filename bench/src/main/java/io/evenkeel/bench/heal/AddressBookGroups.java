package io.evenkeel.bench.heal;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.healing.reference.Addresses;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Inventory;
import io.evenkeel.healing.reference.Nature;
import io.evenkeel.healing.reference.Placement;
import io.evenkeel.healing.reference.Wording;
import io.evenkeel.healing.snapshot.Box;
import io.evenkeel.healing.snapshot.Roles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads matched, deleted and added element groups of two versions of a page (UITESTFIX format). */
final class AddressBookGroups {

    private AddressBookGroups() {}

    static boolean recognises(JsonNode root) {
        return root.has("old") && root.has("new") && root.has("truth");
    }

    /** Returns one case for each old group; the deleted ones have no right answer. */
    static List<HealCase> cases(JsonNode root, String group) {
        List<Fingerprint> candidates = new ArrayList<>();
        Map<Integer, Integer> indices = new HashMap<>();
        for (JsonNode element : root.path("new")) {
            indices.put(element.path("newElementId").asInt(), candidates.size());
            candidates.add(fingerprint(element));
        }
        List<Fingerprint> stock = new ArrayList<>();
        root.path("old").forEach(element -> stock.add(fingerprint(element)));
        Inventory inventory = Inventory.of(stock);
        List<HealCase> cases = new ArrayList<>();
        JsonNode matches = root.path("truth").path("matchMap");
        for (JsonNode element : root.path("old")) {
            String id = element.path("newElementId").asText();
            Set<Integer> right = new HashSet<>();
            if (matches.has(id)) {
                int truth = indices.getOrDefault(matches.get(id).asInt(), -1);
                right.add(truth);
                for (int i = 0; i < candidates.size(); i++) {
                    if (io.evenkeel.healing.match.Features.related(candidates.get(i), candidates.get(truth))) {
                        right.add(i);
                    }
                }
            }
            Fingerprint old = fingerprint(element);
            cases.add(new HealCase(group, old, candidates, right, true, inventory.others(old, candidates)));
        }
        return cases;
    }

    private static Fingerprint fingerprint(JsonNode node) {
        String tag = node.path("tagName").asText();
        Map<String, String> attributes = new HashMap<>();
        node.path("attributes").fields().forEachRemaining(e -> {
            String value = e.getKey().equals("href")
                    ? Addresses.path(e.getValue().asText())
                    : e.getValue().asText();
            if (!value.isBlank()) {
                attributes.put(e.getKey(), value);
            }
        });
        List<String> path = new ArrayList<>();
        for (String step : node.path("xpath").asText().split("/")) {
            if (!step.isEmpty()) {
                path.add(step.endsWith("]") ? step : step + "[1]");
            }
        }
        String text = node.path("text").asText().replaceAll("\\s+", " ").strip();
        return new Fingerprint(
                new Nature(tag, Roles.implicit(tag, attributes)),
                new Wording(text.length() > 300 ? text.substring(0, 300) : text, "", ""),
                attributes,
                new Placement(path, List.of(), "", -1, Double.NaN),
                new Box(
                        node.path("x").asDouble(),
                        node.path("y").asDouble(),
                        node.path("width").asDouble(),
                        node.path("height").asDouble()));
    }
}
