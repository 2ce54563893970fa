/**
 * What the CI around us says about this run, read once from its environment variables.
 *
 * <p>Pure: takes a map, returns values. Needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.pipeline.host;

import org.jspecify.annotations.NullMarked;
