package io.evenkeel.pipeline.heal;

import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.source.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Sources as they are with some repairs made: what a test ran with when it failed behind a repaired step.
 *
 * <p>Immutable, as far as the sources are.
 *
 * @param sources the sources without the repairs
 * @param patches the repairs, made for those sources; no two of them overlap
 */
record PatchedSources(SourceFiles sources, List<Patch> patches) implements SourceFiles {

    PatchedSources {
        patches = List.copyOf(patches);
    }

    @Override
    public Optional<byte[]> read(String path) {
        String name = canonical(path);
        try {
            return sources.read(path).map(bytes -> applied(of(name), bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // changed since the run: as good as not there
        }
    }

    @Override
    public String canonical(String path) {
        return sources.canonical(path);
    }

    @Override
    public List<String> list() {
        return sources.list();
    }

    private List<Patch> of(String file) {
        return patches.stream()
                .filter(patch -> sources.canonical(patch.file()).equals(file))
                .toList();
    }

    /**
     * Returns a file with all of the patches.
     *
     * @throws IllegalArgumentException when the file is not as it was
     */
    static byte[] applied(List<Patch> patches, byte[] file) {
        byte[] result = file;
        List<Patch> fromTheEnd = patches.stream()
                .sorted(Comparator.comparingInt((Patch patch) -> patch.range().start())
                        .reversed())
                .toList();
        for (Patch patch : fromTheEnd) {
            result = patch.applyTo(result);
        }
        return result;
    }

    /** Returns a patch that was made for these sources as one for the sources without the repairs; empty when it changes a repair. */
    Optional<Patch> rebased(Patch patch) {
        List<Patch> inOrder = of(sources.canonical(patch.file())).stream()
                .sorted(Comparator.comparingInt((Patch p) -> p.range().start()))
                .toList();
        int grown = 0; // bytes the repairs before this place have added
        for (Patch repair : inOrder) {
            int start = repair.range().start() + grown;
            int end = start + bytes(repair.after());
            if (patch.range().end() <= start) {
                break;
            }
            if (patch.range().start() < end) {
                return Optional.empty();
            }
            grown += bytes(repair.after()) - bytes(repair.before());
        }
        return Optional.of(new Patch(
                patch.file(),
                new Patch.Range(patch.range().start() - grown, patch.range().end() - grown),
                patch.before(),
                patch.after(),
                patch.definition()));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
