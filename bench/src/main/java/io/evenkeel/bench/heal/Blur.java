package io.evenkeel.bench.heal;

import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Placement;
import io.evenkeel.healing.reference.Wording;
import io.evenkeel.healing.snapshot.Box;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What a source of evidence does not know. A trace knows nearly all, an ARIA snapshot only roles and names, a recorder only what it was
 * made to write down; a model trained on full evidence alone would take the absence of evidence for evidence.
 */
enum Blur {
    /** Everything is known. */
    NONE,
    /** No computed names, labels, anchors and ranks. */
    RECORDED,
    /** The same, and nothing of the surroundings. */
    BARE,
    /** Roles and names only. */
    ARIA;

    static Blur pick(SplittableRandom random) {
        int value = random.nextInt(100);
        return value < 55 ? NONE : value < 75 ? RECORDED : value < 90 ? BARE : ARIA;
    }

    /** Returns the element of the past; a recorder did not count how often its words stood on the page. */
    Fingerprint past(Fingerprint f) {
        Fingerprint seen = now(f);
        Placement p = seen.placement();
        return this == NONE || this == ARIA
                ? seen
                : new Fingerprint(
                        seen.nature(),
                        seen.wording(),
                        seen.attributes(),
                        new Placement(p.path(), p.anchors(), p.neighbours(), -1, p.rank()),
                        seen.box());
    }

    /** Returns a candidate of today. */
    Fingerprint now(Fingerprint f) {
        Placement p = f.placement();
        if (this == NONE) {
            return f;
        }
        if (this == ARIA) {
            Map<String, String> none = Map.of();
            Wording wording = new Wording(f.wording().name(), f.wording().name(), "");
            return new Fingerprint(f.nature(), wording, none, p, Box.UNKNOWN);
        }
        Map<String, String> attributes = new TreeMap<>(f.attributes());
        attributes
                .keySet()
                .removeIf(k -> k.startsWith("data-") || k.equals(Fingerprint.TEST_ID) || k.equals("aria-label"));
        List<String> ids =
                p.anchors().stream().filter(a -> a.startsWith("id:")).limit(1).toList();
        String near = this == BARE ? "" : p.neighbours();
        return new Fingerprint(
                f.nature(),
                new Wording(f.wording().text(), "", ""),
                attributes,
                new Placement(p.path(), ids, near, p.twins(), Double.NaN),
                Box.UNKNOWN);
    }
}
