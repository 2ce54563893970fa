package io.evenkeel.pipeline.verify;

import io.evenkeel.healing.patch.Patch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Writes patches into a tree that is a copy. Immutable. */
record PatchedTree(Path root) {

    /**
     * Applies patches; either all of them are applied or none.
     *
     * @param project the copy's counterpart of the folder the files of the patches are relative to
     * @throws IOException with a message for people, if a file is not there or not as it was
     */
    void apply(Path project, List<Patch> patches) throws IOException {
        TreeMap<Path, List<Patch>> byFile = new TreeMap<>();
        for (Patch patch : patches) {
            Path file = project.resolve(patch.file());
            if (!Files.exists(file) || !file.toRealPath().startsWith(root)) {
                throw new IOException(patch.file() + " is not a file of the project. Run the tests again.");
            }
            byFile.computeIfAbsent(file.toRealPath(), f -> new ArrayList<>()).add(patch);
        }
        TreeMap<Path, byte[]> patched = new TreeMap<>();
        for (Path file : byFile.keySet()) {
            byte[] content = Files.readAllBytes(file);
            List<Patch> fromTheEnd = byFile.get(file).stream()
                    .sorted(Comparator.comparingInt(
                                    (Patch patch) -> patch.range().start())
                            .reversed())
                    .toList();
            try {
                for (Patch patch : fromTheEnd) {
                    content = patch.applyTo(content);
                }
            } catch (IllegalArgumentException e) {
                throw new IOException(fromTheEnd.get(0).file() + " changed since the run. Run the tests again.", e);
            }
            patched.put(file, content);
        }
        for (Path file : patched.keySet()) {
            file.toFile().setWritable(true); // a read-only checkout is copied with its modes
            Files.write(file, patched.get(file));
        }
    }
}
