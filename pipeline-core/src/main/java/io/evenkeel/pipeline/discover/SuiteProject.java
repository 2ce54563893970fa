package io.evenkeel.pipeline.discover;

import io.evenkeel.pipeline.protocol.RunEvent.ProjectInfo;

/**
 * A project of the configuration that takes part in the run.
 *
 * <p>Immutable.
 *
 * @param info name, folder, retries, dependencies, role
 * @param outputDir absolute folder for the files of its tests
 */
public record SuiteProject(ProjectInfo info, String outputDir) {}
