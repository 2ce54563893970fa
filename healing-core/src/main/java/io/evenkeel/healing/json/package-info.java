/**
 * JSON forms of references and of the weights of the models.
 *
 * <p>Adapter: uses Jackson.
 */
@NullMarked
package io.evenkeel.healing.json;

import org.jspecify.annotations.NullMarked;
