/**
 * Runs: opened by CI, fed by batches of spool events, judged when they end; what pages and the API read of them.
 *
 * <p>Writes inside one transaction of the database's writer; reads through its readers; opens no socket.
 */
@NullMarked
package io.evenkeel.coordinator.run;

import org.jspecify.annotations.NullMarked;
