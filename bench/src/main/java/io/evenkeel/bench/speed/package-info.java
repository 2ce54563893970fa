/** Time per operation, measured with JMH. */
@NullMarked
package io.evenkeel.bench.speed;

import org.jspecify.annotations.NullMarked;
