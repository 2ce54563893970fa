/**
 * GitLab as a place to run in and to tell results to.
 *
 * <p>{@link io.evenkeel.gitlab.GitlabEnvironment} reads what the runner says, {@link io.evenkeel.gitlab.GitlabHost} tells results in report
 * files, merge request note, threads and commit status. May use GitLab4J, Jackson and {@code pipeline-core}.
 */
@NullMarked
package io.evenkeel.gitlab;

import org.jspecify.annotations.NullMarked;
