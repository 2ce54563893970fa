package io.evenkeel.healing.patch;

import io.evenkeel.healing.source.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of a case on disk, symbolic links and all. */
record FolderSources(Path root, List<String> list) implements SourceFiles {

    @Override
    public Optional<byte[]> read(String path) {
        try {
            return Files.isRegularFile(root.resolve(path))
                    ? Optional.of(Files.readAllBytes(root.resolve(path)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String canonical(String path) {
        try {
            return root.relativize(root.resolve(path).toRealPath()).toString();
        } catch (IOException e) {
            return path; // there is no such file
        }
    }
}
