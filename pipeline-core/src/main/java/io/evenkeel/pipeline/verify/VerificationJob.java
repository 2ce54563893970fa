package io.evenkeel.pipeline.verify;

import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.reference.ReferenceBook;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One repair to be proven, whatever number of tests fail for its cause.
 *
 * <p>Immutable.
 *
 * @param patches the edits of the repair, applied together, at least one; files relative to the project folder; the first one
 *     repairs the place where the broken tests failed in the run, the others their later steps
 * @param broken the tests that failed for this cause, at least one, each once; the first one stands for all in the run
 *     without the patch
 * @param users ids of other tests that use what is edited, with their titles; they passed and must still pass
 * @param companions ids of tests that must run with a test, because they stand before it in a serial block, by its id
 * @param references what was learned from passing runs, to compare the pages after the repaired step
 */
public record VerificationJob(
        List<Patch> patches,
        List<BrokenTest> broken,
        Map<String, String> users,
        Map<String, List<String>> companions,
        ReferenceBook references) {

    public VerificationJob {
        patches = List.copyOf(patches);
        broken = List.copyOf(broken);
        users = Map.copyOf(users);
        companions = Map.copyOf(companions);
        if (patches.isEmpty() || broken.isEmpty()) {
            throw new IllegalArgumentException("The patches (" + patches.size() + ") and broken tests (" + broken.size()
                    + ") of a verification must not be empty.");
        }
    }

    /** Returns the broken tests as they fail where a patch repairs them. */
    Stream<BrokenTest> brokenAt(Patch patch) {
        return patch.equals(patches.get(0))
                ? broken.stream().map(test -> test.steps().get(0))
                : broken.stream()
                        .flatMap(test -> test.later().stream()
                                .filter(step -> step.patch().equals(patch))
                                .map(step -> new BrokenTest(test.id(), test.title(), step.errors())));
    }
}
