package io.evenkeel.bench.heal;

import io.evenkeel.healing.match.Similarity;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.snapshot.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

/** Simple published and obvious methods, for comparison. Pure. */
final class Baselines {

    private Baselines() {}

    /** Ranks by a score of pairs. */
    record ByScore(String name, double threshold, ToDoubleBiFunction<Fingerprint, Fingerprint> score)
            implements Method {
        @Override
        public Scored answer(HealCase of) {
            int n = of.candidates().size();
            double[] scores = new double[n];
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                scores[i] = score.applyAsDouble(of.old(), of.candidates().get(i));
                order.add(i);
            }
            order.sort(Comparator.comparingDouble((Integer i) -> -scores[i]));
            return new Scored(order, n == 0 ? 0 : scores[order.get(0)]);
        }
    }

    static Method similo() {
        return new ByScore("similo", 0.6, Baselines::similo);
    }

    static Method roleAndName() {
        return new ByScore("role+name", 0.5, (a, b) -> {
            boolean role = kind(a).equals(kind(b));
            return role ? overlap(shown(a), shown(b)) : 0;
        });
    }

    static Method textAndTag() {
        return new ByScore("text+tag", 0.5, (a, b) -> {
            boolean text = !shown(a).isBlank() && shown(a).equalsIgnoreCase(shown(b));
            boolean tag = a.nature().tag().equals(b.nature().tag());
            return text && tag ? 1 : text ? 0.8 : tag ? 0.2 : 0;
        });
    }

    /**
     * Similo: 14 properties, weights 1.5 for tag, name, id, visible text and neighbour text, 0.5 for the others, divided by the weights of
     * the properties the old element has (Nass et al., "Similarity-based web element localization for robust test automation", TOSEM 2023,
     * table 3).
     */
    private static double similo(Fingerprint a, Fingerprint b) {
        double[] sum = new double[2];
        add(sum, 1.5, a.nature().tag(), equal(a.nature().tag(), b.nature().tag()));
        add(sum, 1.5, a.attribute("name"), equal(a.attribute("name"), b.attribute("name")));
        add(sum, 1.5, a.attribute("id"), equal(a.attribute("id"), b.attribute("id")));
        add(sum, 1.5, a.wording().text(), edit(a.wording().text(), b.wording().text()));
        String near = a.placement().neighbours();
        add(sum, 1.5, near, overlap(near, b.placement().neighbours()));
        add(sum, 0.5, a.attribute("class"), edit(a.attribute("class"), b.attribute("class")));
        add(sum, 0.5, a.attribute("href"), edit(a.attribute("href"), b.attribute("href")));
        add(sum, 0.5, a.attribute("alt"), edit(a.attribute("alt"), b.attribute("alt")));
        String path = String.join("/", a.placement().path());
        add(sum, 0.5, path, edit(path, String.join("/", b.placement().path())));
        add(sum, 0.5, idPath(a), edit(idPath(a), idPath(b)));
        add(sum, 0.5, "button", kind(a).equals("button") == kind(b).equals("button") ? 1 : 0);
        if (a.box().known() && b.box().known()) {
            geometry(sum, a.box(), b.box());
        }
        return sum[0] / sum[1];
    }

    private static void add(double[] sum, double weight, String old, double similarity) {
        sum[0] += weight * similarity;
        sum[1] += old.isEmpty() ? 0 : weight;
    }

    private static void geometry(double[] sum, Box a, Box b) {
        double distance = Math.hypot(a.x() - b.x(), a.y() - b.y());
        add(sum, 0.5, "location", Math.max(0, 100 - distance) / 100);
        add(sum, 0.5, "area", relative(a.width() * a.height(), b.width() * b.height()));
        add(sum, 0.5, "shape", relative(a.width() / Math.max(1, a.height()), b.width() / Math.max(1, b.height())));
    }

    private static String idPath(Fingerprint f) {
        return String.join("|", f.placement().anchors());
    }

    private static double relative(double a, double b) {
        double larger = Math.max(a, b);
        return larger <= 0 ? 0 : 1 - Math.abs(a - b) / larger;
    }

    private static double equal(String a, String b) {
        return !a.isEmpty() && a.equalsIgnoreCase(b) ? 1 : 0;
    }

    private static double edit(String a, String b) {
        return a.isEmpty() || b.isEmpty() ? 0 : Similarity.edit(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
    }

    private static String kind(Fingerprint f) {
        return f.nature().role().isEmpty() ? f.nature().tag() : f.nature().role();
    }

    static String shown(Fingerprint f) {
        for (String text : List.of(
                f.wording().name(),
                f.wording().text(),
                f.attribute("aria-label"),
                f.attribute("alt"),
                f.attribute("title"),
                f.attribute("placeholder"),
                f.attribute("value"))) {
            if (!text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    private static double overlap(String a, String b) {
        Set<String> x = words(a);
        Set<String> y = words(b);
        if (x.isEmpty() || y.isEmpty()) {
            return 0;
        }
        Set<String> both = new HashSet<>(x);
        both.retainAll(y);
        return both.size() / (double) (x.size() + y.size() - both.size());
    }

    private static Set<String> words(String text) {
        Set<String> words =
                new HashSet<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\d]+")));
        words.remove("");
        return words;
    }
}
