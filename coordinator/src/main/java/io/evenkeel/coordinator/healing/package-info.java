/** What was proposed to repair broken locators, what became of it, and how often it was right. */
@NullMarked
package io.evenkeel.coordinator.healing;

import org.jspecify.annotations.NullMarked;
