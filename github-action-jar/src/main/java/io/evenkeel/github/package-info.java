/**
 * GitHub as a place to run in and to tell results to.
 *
 * <p>{@link io.evenkeel.github.GithubEnvironment} reads what the runner says, {@link io.evenkeel.github.GithubHost} tells results in step
 * summary, outputs, annotations, check and comment. May use GitHub API for Java, OkHttp, Jackson and {@code pipeline-core}.
 */
@NullMarked
package io.evenkeel.github;

import org.jspecify.annotations.NullMarked;
