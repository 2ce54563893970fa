package io.evenkeel.bench.heal;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.healing.reference.Addresses;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Nature;
import io.evenkeel.healing.reference.Placement;
import io.evenkeel.healing.reference.Wording;
import io.evenkeel.healing.snapshot.Box;
import io.evenkeel.healing.snapshot.Roles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads one site of the Similo replication package: targets with their old properties, candidates of the new page. */
final class SimiloSite {

    private SimiloSite() {}

    static boolean recognises(JsonNode root) {
        return root.has("targets") && root.has("candidates");
    }

    static List<HealCase> cases(JsonNode root) {
        String site = root.path("site").asText();
        List<Fingerprint> candidates = new ArrayList<>();
        Map<String, Integer> indices = new HashMap<>();
        for (JsonNode candidate : root.path("candidates")) {
            indices.put(candidate.path("id").asText(), candidates.size());
            candidates.add(fingerprint(candidate, -1));
        }
        candidates = withTwins(candidates);
        Set<String> truths = new HashSet<>();
        root.path("targets").forEach(t -> truths.add(t.path("truth").asText()));
        boolean hard = truths.size() < candidates.size();
        List<HealCase> cases = new ArrayList<>();
        for (JsonNode target : root.path("targets")) {
            Set<Integer> right = new HashSet<>(
                    Set.of(indices.getOrDefault(target.path("truth").asText(), -1)));
            target.path("truth_parent_or_child").forEach(id -> right.add(indices.getOrDefault(id.asText(), -1)));
            Set<Integer> removed = new HashSet<>(right);
            target.path("truth_ancestors_descendants")
                    .forEach(id -> removed.add(indices.getOrDefault(id.asText(), -1)));
            HealCase present = new HealCase(site, fingerprint(target.path("old"), -1), candidates, right, hard);
            cases.add(present);
            HealCase gone = present.without(removed);
            cases.add(new HealCase(site, gone.old(), withTwins(gone.candidates()), Set.of(), hard));
        }
        return cases;
    }

    private static List<Fingerprint> withTwins(List<Fingerprint> plain) {
        Map<String, Integer> counts = new HashMap<>();
        for (Fingerprint f : plain) {
            counts.merge(wording(f), 1, Integer::sum);
        }
        List<Fingerprint> all = new ArrayList<>();
        for (Fingerprint f : plain) {
            Placement p = f.placement();
            Placement counted = new Placement(
                    p.path(), p.anchors(), p.neighbours(), counts.getOrDefault(wording(f), 1) - 1, p.rank());
            all.add(new Fingerprint(f.nature(), f.wording(), f.attributes(), counted, f.box()));
        }
        return all;
    }

    private static String wording(Fingerprint f) {
        return f.nature().tag() + "|" + f.wording().text().toLowerCase(Locale.ROOT);
    }

    private static Fingerprint fingerprint(JsonNode node, int twins) {
        String tag = node.path("tag").asText().toLowerCase(Locale.ROOT);
        Map<String, String> attributes = new HashMap<>();
        put(attributes, "id", node.path("attr_id").asText());
        for (String name : List.of("name", "class", "type", "title", "placeholder", "alt", "value")) {
            put(attributes, name, node.path(name).asText());
        }
        put(attributes, "href", Addresses.path(node.path("href").asText()));
        String text = node.path("visible_text").asText(node.path("text").asText());
        text = text.isBlank() ? node.path("text").asText() : text;
        String collapsed = text.replaceAll("\\s+", " ").strip();
        List<String> path = new ArrayList<>();
        for (String step : node.path("xpath").asText().toLowerCase(Locale.ROOT).split("/")) {
            if (!step.isEmpty()) {
                path.add(step.endsWith("]") ? step : step + "[1]");
            }
        }
        List<String> anchors = new ArrayList<>();
        String idPath = node.path("idxpath").asText();
        int quote = idPath.indexOf("id(\"");
        if (quote == 0 && idPath.indexOf("\")") > 4 && idPath.indexOf("\")/") > 0) {
            anchors.add("id:" + idPath.substring(4, idPath.indexOf("\")")));
        }
        StringBuilder neighbours = new StringBuilder();
        node.fieldNames().forEachRemaining(field -> {
            if (field.startsWith("neighbor_text")) {
                neighbours.append(node.path(field).asText()).append(' ');
            }
        });
        Box box = node.has("x") && node.has("width")
                ? new Box(number(node, "x"), number(node, "y"), number(node, "width"), number(node, "height"))
                : Box.UNKNOWN;
        return new Fingerprint(
                new Nature(tag, Roles.implicit(tag, attributes)),
                new Wording(collapsed.length() > 300 ? collapsed.substring(0, 300) : collapsed, "", ""),
                attributes,
                new Placement(path, anchors, neighbours.toString().strip(), twins, Double.NaN),
                box);
    }

    private static double number(JsonNode node, String field) {
        return node.path(field)
                .asDouble(Double.parseDouble("0" + node.path(field).asText().replaceAll("[^0-9.]", "")));
    }

    private static void put(Map<String, String> attributes, String name, String value) {
        if (!value.isBlank()) {
            attributes.put(name, value.strip());
        }
    }
}
