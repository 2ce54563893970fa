package io.evenkeel.jenkins.results;

import hudson.Util;
import hudson.model.Run;
import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells the Playwright suites of one build apart. Immutable; no record, because it is stored with running builds. */
public final class SuiteName implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Name of the only suite. */
    public static final String USUAL = "Playwright";

    private static final int LONGEST_KEY = 120;

    private final String name;

    private SuiteName(String name) {
        this.name = name;
    }

    /** Returns a name; the usual one for nothing or blanks. */
    public static SuiteName of(@Nullable String name) {
        String text = Util.fixNull(name).strip();
        return new SuiteName(text.isEmpty() ? USUAL : text);
    }

    /** Returns the name for people. */
    public String title() {
        return name;
    }

    /** Returns the name for files and addresses: lower-case letters, digits and dashes; two names never get the same. */
    public String slug() {
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        if (slug.equals(name.toLowerCase(Locale.ROOT).replace(' ', '-')) && slug.length() <= 40) {
            return slug;
        }
        String start = slug.length() <= 30 ? slug : slug.substring(0, 30);
        return (start.isEmpty() ? "suite" : start) + "-"
                + Util.getDigestOf(name).substring(0, 8);
    }

    /** Returns the key that makes the shares of a build one run: the same on every executor and after a restart. */
    public String runKey(Run<?, ?> run) {
        String job = run.getParent().getFullName();
        String build = "-" + run.getNumber() + (name.equals(USUAL) ? "" : "-" + slug());
        String key = "jenkins-" + job.replaceAll("[^A-Za-z0-9.-]", "-");
        if (key.length() + build.length() > LONGEST_KEY || !job.matches("[A-Za-z0-9.-]+")) {
            // Other jobs could get the same key once it is cut, or once their slashes have become dashes.
            String mark = "-" + Util.getDigestOf(job).substring(0, 8);
            key = key.substring(0, Math.min(key.length(), LONGEST_KEY - build.length() - mark.length())) + mark;
        }
        return key + build;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SuiteName suite && suite.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
