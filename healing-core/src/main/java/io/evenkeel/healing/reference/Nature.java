package io.evenkeel.healing.reference;

/**
 * What kind of element it is.
 *
 * @param tag in lower case
 * @param role computed ARIA role; empty if it has none
 */
public record Nature(String tag, String role) {}
