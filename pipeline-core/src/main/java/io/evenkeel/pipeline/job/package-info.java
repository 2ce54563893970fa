/**
 * What each command does, in order: plan, run, local, report. Each job is handed its collaborators and returns what came of it.
 *
 * <p>The only package that knows all the others; decides nothing that one of them could decide.
 */
@NullMarked
package io.evenkeel.pipeline.job;

import org.jspecify.annotations.NullMarked;
