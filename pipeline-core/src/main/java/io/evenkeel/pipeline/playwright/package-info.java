/**
 * What is particular to Playwright: its versions, its test ids, its command line, and the scripts of ours it loads.
 *
 * <p>The scripts lie beside this package as resources. May read the project's files and start processes; knows nothing of plans or coordinators.
 */
@NullMarked
package io.evenkeel.pipeline.playwright;

import org.jspecify.annotations.NullMarked;
