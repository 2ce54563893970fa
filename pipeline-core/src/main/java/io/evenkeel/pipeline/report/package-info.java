/**
 * The files of a whole run: reads spools, blobs and Playwright's JSON reports of all executors, and writes one HTML, JUnit,
 * JSON and CTRF report in which each test stands once, the summary files and the learned timings.
 *
 * <p>What executors deliver is a stranger's: every archive and line is read within limits.
 */
@NullMarked
package io.evenkeel.pipeline.report;

import org.jspecify.annotations.NullMarked;
