package io.evenkeel.pipeline.summary;

import java.util.Locale;

/** What a test is there for; set-up and teardown run on every executor that needs them and are never counted as tests. */
public enum TestRole {
    TEST,
    SETUP,
    TEARDOWN;

    /** Returns the lower-case word of the spool format. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the role with this word; an unknown word is an ordinary test. */
    public static TestRole ofWord(String word) {
        for (TestRole role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        return TEST;
    }
}
