/**
 * What a team should do next about its tests, ranked by what it costs them.
 *
 * <p>Pure functions of standing, durations and signatures; needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.flaky.recommend;

import org.jspecify.annotations.NullMarked;
