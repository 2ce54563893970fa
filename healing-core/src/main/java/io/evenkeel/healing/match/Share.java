package io.evenkeel.healing.match;

/**
 * What one signal added to the score of one candidate.
 *
 * @param signal name of the signal
 * @param strategy the strategy it belongs to
 * @param value similarity in [0, 1]; NaN where either side does not have what is compared
 * @param contribution what it added to the logit of the candidate; negative if it spoke against it
 */
public record Share(String signal, Strategy strategy, double value, double contribution) {}
