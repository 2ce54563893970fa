package io.evenkeel.healing.reference;

import java.util.regex.Pattern;

/** Addresses without what differs from run to run. Pure and thread-safe. */
public final class Addresses {

    private static final Pattern ORIGIN = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*:(?://[^/?#]*)?");
    private static final Pattern VARIABLE = Pattern.compile("\\d+|[0-9a-fA-F]{8,}|[0-9a-fA-F-]{36}");

    private Addresses() {}

    /** Returns an address without scheme, host, query and fragment; a bare fragment stays. */
    public static String path(String address) {
        String local = ORIGIN.matcher(address.strip()).replaceFirst("");
        if (local.startsWith("#")) {
            return local;
        }
        String path = local.replaceAll("[?#].*$", "");
        return path.isEmpty() && !address.isBlank() ? "/" : path;
    }

    /** Returns the path with numbers and hashes replaced by {@code *}; empty if the address is unknown or blank. */
    public static String pattern(String address) {
        if (address.isBlank() || address.startsWith("about:")) {
            return "";
        }
        String[] parts = path(address).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = VARIABLE.matcher(parts[i]).matches() ? "*" : parts[i];
        }
        String joined = String.join("/", parts);
        return joined.length() > 1 && joined.endsWith("/") ? joined.substring(0, joined.length() - 1) : joined;
    }
}
