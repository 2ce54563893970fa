package io.evenkeel.pipeline.client;

/**
 * A test to be quarantined.
 *
 * <p>Immutable.
 *
 * @param suite configuration file; empty for the suite that ran last
 * @param owner who will repair it
 * @param reason why; empty for what the history says
 * @param days how long, 1 to 30
 */
public record QuarantineWish(String suite, String owner, String reason, int days) {}
