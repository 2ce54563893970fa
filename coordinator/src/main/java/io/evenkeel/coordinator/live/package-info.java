/** Live progress: tells readers which runs have changed, without asking the database for those nobody looks at. */
@NullMarked
package io.evenkeel.coordinator.live;

import org.jspecify.annotations.NullMarked;
