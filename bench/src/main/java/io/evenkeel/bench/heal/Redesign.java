package io.evenkeel.bench.heal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/** Gives a whole page a new structure: other containers, other class names, other addresses, another order. One thread. */
final class Redesign {

    private final PageFactory factory;
    private final SplittableRandom random;

    Redesign(PageFactory factory) {
        this.factory = factory;
        this.random = factory.random();
    }

    void apply(MutableNode html) {
        boolean plainContainers = factory.chance(50);
        boolean otherPaths = factory.chance(40);
        boolean otherIds = factory.chance(40);
        Map<String, String> classes = new HashMap<>();
        String prefix = factory.pick(List.of("ui", "next", "c", "site", "v3"));
        for (MutableNode node : html.all()) {
            if (plainContainers
                    && Set.of("header", "section", "article", "aside").contains(node.tag)) {
                node.tag = "div";
            }
            if (node.attributes.containsKey("class")) {
                node.attributes.compute(
                        "class", (k, old) -> classes.computeIfAbsent(String.valueOf(old), c -> renamed(c, prefix)));
            }
            if (otherPaths && node.attributes.getOrDefault("href", "").startsWith("/")) {
                node.attributes.compute("href", (k, old) -> "/" + prefix + old);
            }
            if (otherIds && node.attributes.containsKey("id") && factory.chance(70)) {
                node.attributes.compute(
                        "id", (k, old) -> factory.chance(50) ? prefix + "-" + old : "el" + random.nextInt(9999));
            }
        }
        for (MutableNode node : new ArrayList<>(html.all())) {
            boolean container =
                    Set.of("body", "main", "header", "footer", "form").contains(node.tag);
            if (container && factory.chance(60)) {
                MutableNode wrapper = factory.node("div").with("class", prefix + "-wrap");
                wrapper.children.addAll(node.children);
                node.children.clear();
                node.children.add(wrapper);
            }
            if (Set.of("main", "header", "ul", "footer").contains(node.tag) && factory.chance(30)) {
                Collections.shuffle(node.children, new Random(random.nextLong()));
            }
        }
    }

    private String renamed(String old, String prefix) {
        return switch (random.nextInt(4)) {
            case 0 -> "css-" + Integer.toHexString(random.nextInt(0x1000000) | 0x100000);
            case 1 -> prefix + "-" + old.replace(" ", " " + prefix + "-");
            case 2 -> prefix + random.nextInt(90);
            default -> old;
        };
    }
}
