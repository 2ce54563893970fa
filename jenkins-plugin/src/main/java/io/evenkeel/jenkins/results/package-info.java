/**
 * What a build keeps of its Playwright runs, and the pages that show it.
 */
@NullMarked
package io.evenkeel.jenkins.results;

import org.jspecify.annotations.NullMarked;
