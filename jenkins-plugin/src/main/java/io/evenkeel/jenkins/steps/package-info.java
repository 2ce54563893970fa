/**
 * The pipeline steps: {@code evenkeelPlan}, {@code evenkeelRun}, {@code evenkeelReport} and the block {@code evenkeel}.
 */
@NullMarked
package io.evenkeel.jenkins.steps;

import org.jspecify.annotations.NullMarked;
