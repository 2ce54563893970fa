/**
 * What is said outside of Jenkins's own pages: checks, commit statuses, and the pages of the {@code junit} step.
 */
@NullMarked
package io.evenkeel.jenkins.publish;

import org.jspecify.annotations.NullMarked;
