package io.evenkeel.pipeline.discover;

import java.util.List;

/**
 * Where a suite comes from.
 *
 * <p>Immutable.
 *
 * @param playwright version, for example {@code 1.65.1}
 * @param config configuration file relative to the folder the command was typed in, with {@code /}; empty without one
 * @param rootDir absolute folder that the files of the tests are relative to
 * @param workers lanes of one machine, at least 1
 * @param outputDirs absolute folders for the files of tests, one for each project at most, each once
 */
public record SuiteConfig(String playwright, String config, String rootDir, int workers, List<String> outputDirs) {

    public SuiteConfig {
        if (workers < 1) {
            throw new IllegalArgumentException("The workers (" + workers + ") of a suite must be at least 1.");
        }
        outputDirs = List.copyOf(outputDirs);
    }
}
