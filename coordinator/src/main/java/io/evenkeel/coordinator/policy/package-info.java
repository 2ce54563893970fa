/** What a project decides for itself about flaky tests: thresholds, and the rules of its quarantine. */
@NullMarked
package io.evenkeel.coordinator.policy;

import org.jspecify.annotations.NullMarked;
