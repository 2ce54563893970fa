/**
 * The executor's side: brings {@code evenkeel.jar} there, starts it so that it outlives a restart of the controller, and follows it.
 */
@NullMarked
package io.evenkeel.jenkins.executor;

import org.jspecify.annotations.NullMarked;
