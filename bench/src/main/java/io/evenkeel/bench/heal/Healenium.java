package io.evenkeel.bench.heal;

import com.epam.healenium.treecomparing.HeuristicNodeDistance;
import com.epam.healenium.treecomparing.LCSPathDistance;
import com.epam.healenium.treecomparing.Node;
import com.epam.healenium.treecomparing.NodeBuilder;
import com.epam.healenium.treecomparing.Path;
import com.epam.healenium.treecomparing.PathFinder;
import com.epam.healenium.treecomparing.Scored;
import io.evenkeel.healing.reference.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Healenium's own algorithm ({@code com.epam.healenium:tree-comparing}), run on trees rebuilt from the recorded paths.
 *
 * <p>Ancestors are known by tag and position only, as in the recorded data; only recorded candidates may win. Its default threshold is
 * 0.6.
 */
final class Healenium implements Method {

    private static final int ALL = 100_000;

    @Override
    public String name() {
        return "healenium";
    }

    @Override
    public double threshold() {
        return 0.6;
    }

    @Override
    public Scored answer(HealCase of) {
        Branch root = new Branch(step("html[1]"));
        for (int i = 0; i < of.candidates().size(); i++) {
            root.grow(of.candidates().get(i), i);
        }
        Map<Node, Integer> indices = new IdentityHashMap<>();
        Node tree = root.build(indices);
        PathFinder finder = new PathFinder(new LCSPathDistance(), new HeuristicNodeDistance());
        var scores = finder.findScoresToNodes(path(of.old()), tree);
        List<Integer> order = new ArrayList<>();
        double best = 0;
        for (com.epam.healenium.treecomparing.Scored<Node> scored : finder.getSortedNodes(scores.getValue(), ALL, 0)) {
            Integer index = indices.get(scored.getValue());
            if (index != null && !order.contains(index)) {
                best = order.isEmpty() ? scored.getScore() : best;
                order.add(index);
            }
        }
        return new Scored(order, best);
    }

    private static Path path(Fingerprint old) {
        List<Node> nodes = new ArrayList<>();
        List<String> steps = old.placement().path();
        for (int i = 0; i < steps.size(); i++) {
            NodeBuilder node = step(steps.get(i));
            nodes.add((i == steps.size() - 1 ? describe(node, old) : node).build());
        }
        return new Path(nodes.toArray(Node[]::new));
    }

    private static NodeBuilder step(String step) {
        int bracket = step.indexOf('[');
        String tag = bracket < 0 ? step : step.substring(0, bracket);
        String digits = step.replaceAll("\\D", "");
        int position = bracket < 0 || digits.isEmpty()
                ? 1
                : Integer.parseInt(digits.substring(0, Math.min(6, digits.length())));
        return new NodeBuilder()
                .setTag(tag)
                .setIndex(position - 1)
                .setOtherAttributes(new HashMap<>())
                .setClasses(new LinkedHashSet<>());
    }

    private static NodeBuilder describe(NodeBuilder node, Fingerprint f) {
        Map<String, String> others = new LinkedHashMap<>(f.attributes());
        others.remove("id");
        others.remove("class");
        List<String> classes = f.attribute("class").isBlank()
                ? List.of()
                : Arrays.asList(f.attribute("class").split("\\s+"));
        return node.setId(f.attribute("id"))
                .setClasses(new LinkedHashSet<>(classes))
                .setOtherAttributes(others)
                .setContent(new ArrayList<>(List.of(f.wording().text())));
    }

    /** A node of the tree the paths make together. */
    private static final class Branch {

        private final NodeBuilder node;
        private final Map<String, Branch> children = new LinkedHashMap<>();
        private int index = -1;

        Branch(NodeBuilder node) {
            this.node = node;
        }

        void grow(Fingerprint candidate, int number) {
            Branch at = this;
            List<String> steps = candidate.placement().path();
            for (String step : steps.subList(Math.min(1, steps.size()), steps.size())) {
                at = at.children.computeIfAbsent(step, s -> new Branch(step(s)));
            }
            at.index = number;
            describe(at.node, candidate);
        }

        Node build(Map<Node, Integer> indices) {
            for (Branch child : children.values()) {
                node.addChild(child.build(indices));
            }
            Node built = node.build();
            if (index >= 0) {
                indices.put(built, index);
            }
            return built;
        }
    }
}
