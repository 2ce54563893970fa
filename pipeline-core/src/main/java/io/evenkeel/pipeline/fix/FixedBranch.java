package io.evenkeel.pipeline.fix;

import java.util.List;

/**
 * A branch with proven heals.
 *
 * <p>Immutable.
 *
 * @param name for example {@code evenkeel/heal-3fa94c01}
 * @param base the commit it begins at, the project's HEAD; full hash
 * @param head its last commit; full hash
 * @param commits number of commits, one for each root cause
 * @param skipped heals that are not in it
 */
public record FixedBranch(String name, String base, String head, int commits, List<Skipped> skipped) {

    public FixedBranch {
        skipped = List.copyOf(skipped);
    }

    /** A heal that could not be committed; the reason says what to do. */
    public record Skipped(ProvenHeal heal, String reason) {}
}
