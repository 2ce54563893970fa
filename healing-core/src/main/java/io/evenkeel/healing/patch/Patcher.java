package io.evenkeel.healing.patch;

import io.evenkeel.healing.source.CallStack;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.synthesis.Locator;

/** Port: proposes the edit that turns one locator into another where it is written. */
@FunctionalInterface
public interface Patcher {

    /**
     * Follows the failing call to the place where its locator is written.
     *
     * @param stack the failing call and who called it: of several callers that pass a locator on, the one that did decides
     * @param old the locator as the call log prints it; what the source says must be equal to it
     * @param replacement the new locator
     */
    PatchOutcome propose(CallStack stack, Locator old, Locator replacement, SourceFiles sources);
}
