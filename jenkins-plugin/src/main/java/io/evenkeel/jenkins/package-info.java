/**
 * Evenkeel in Jenkins: pipeline steps that run {@code evenkeel.jar} on the executors, and pages that show what came of it.
 *
 * <p>What is not Jenkins stays out: splitting, judging and healing happen in the jar; the controller only reads its JSON files.
 */
@NullMarked
package io.evenkeel.jenkins;

import org.jspecify.annotations.NullMarked;
