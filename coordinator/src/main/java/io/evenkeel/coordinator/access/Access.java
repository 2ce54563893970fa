package io.evenkeel.coordinator.access;

import io.javalin.security.RouteRole;

/** What a route asks of its caller. Every route declares exactly one. */
public enum Access implements RouteRole {
    /** Nobody is asked; the answer holds nothing of any project. */
    OPEN("none", "nobody is asked"),
    /** Open on a public coordinator; a token of the project on a private one. */
    READ("read", "open, or a project token when EVENKEEL_PRIVATE=true"),
    /** A token of the project the request writes to. */
    PROJECT("project", "project token"),
    /** A project token, or an address the coordinator has signed. */
    SIGNED("signed", "signed address or project token"),
    /** The token of the administrator. */
    ADMIN("admin", "admin token");

    private final String word;
    private final String meaning;

    Access(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** Returns the word the OpenAPI file uses ({@code x-access}). */
    public String word() {
        return word;
    }

    /** Returns the rule in a few words. */
    public String meaning() {
        return meaning;
    }
}
