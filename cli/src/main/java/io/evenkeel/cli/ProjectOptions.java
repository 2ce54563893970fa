package io.evenkeel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option every command has that looks at a Playwright project. */
final class ProjectOptions {

    @Option(
            names = "--dir",
            paramLabel = "<folder>",
            description =
                    "Folder of the Playwright project, where you would type npx playwright test. Default: this folder.")
    private Path dir = Path.of("");

    /**
     * Returns the folder, absolute.
     *
     * @throws UsageException when there is no such folder
     */
    Path directory() {
        Path folder = dir.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    "There is no folder " + folder + ". Give --dir the folder of the Playwright project.");
        }
        return folder;
    }
}
