package io.evenkeel.healing.reference;

import io.evenkeel.healing.snapshot.Box;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What identifies an element, without anything a user typed: 2-4 KB as JSON.
 *
 * <p>Immutable.
 *
 * @param nature tag and role
 * @param wording the texts a person reads
 * @param attributes identifying attributes by name ({@code id}, {@code name}, {@code class}, {@code href}, {@code type}...); the
 *     project's test id under {@link #TEST_ID}
 * @param placement where it stands in the document
 * @param box where it was painted, if known
 */
public record Fingerprint(
        Nature nature, Wording wording, Map<String, String> attributes, Placement placement, Box box) {

    /** Key of the test id among the attributes, whatever the project calls the attribute. */
    public static final String TEST_ID = "@testid";

    public Fingerprint {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** Returns an attribute, or the empty string. */
    public String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }
}
