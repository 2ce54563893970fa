package io.evenkeel.pipeline.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the report of the whole run is made from.
 *
 * <p>Immutable.
 *
 * @param blobs blob reports of the executors, {@code <spool id>.zip}
 * @param expected spool ids of all executors, so that a missing blob is named
 * @param project where the tests really are
 * @param command how to call Playwright
 * @param target folder of the report; what was there before is replaced when the new report is complete
 */
public record MergeRequest(List<Path> blobs, Set<String> expected, Project project, Command command, Path target) {

    /**
     * Where the tests really are.
     *
     * @param folder project folder, from which {@code playwright} resolves
     * @param config configuration file
     */
    public record Project(Path folder, Path config) {}

    /**
     * How to call Playwright.
     *
     * @param words program and arguments before the subcommand, for example {@code npx playwright}
     * @param reporters what to write
     * @param limit how long it may take
     */
    public record Command(List<String> words, Reporters reporters, Duration limit) {

        public Command {
            words = List.copyOf(words);
        }

        /**
         * The project's own Playwright, our reports only, ten minutes.
         *
         * @param folder of the project; the program is looked for there and above, as npx does, which takes half a second of processor
         *     time to find it and is asked only where it is not found
         */
        public static Command usual(Path folder) {
            return new Command(playwright(folder), Reporters.OURS, Duration.ofMinutes(10));
        }

        private static List<String> playwright(Path folder) {
            boolean windows = folder.getFileSystem().getSeparator().equals("\\");
            for (Path at = folder.toAbsolutePath().normalize(); at != null && !windows; at = at.getParent()) {
                Path program = at.resolve("node_modules/.bin/playwright");
                if (Files.isExecutable(program)) {
                    return List.of(program.toString());
                }
            }
            return List.of("npx", "--no-install", "playwright");
        }
    }

    /** Which reporters see the whole run. */
    public enum Reporters {
        /** HTML, JUnit and JSON into the target folder. */
        OURS,
        /** These, and then the reporters of the user's configuration, which write where they always do. */
        OURS_AND_USERS
    }

    public MergeRequest {
        blobs = List.copyOf(blobs);
        expected = Set.copyOf(expected);
    }
}
