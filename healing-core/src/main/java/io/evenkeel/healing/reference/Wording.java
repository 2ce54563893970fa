package io.evenkeel.healing.reference;

/**
 * The texts by which a person would recognise the element; all may be empty.
 *
 * @param text text of the subtree, at most 300 characters
 * @param name accessible name
 * @param label text of the label of a form field
 */
public record Wording(String text, String name, String label) {}
