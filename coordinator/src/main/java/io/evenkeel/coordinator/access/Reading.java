package io.evenkeel.coordinator.access;

/** Who may read without a token. */
public enum Reading {
    /** Everybody who reaches the port. */
    EVERYBODY,
    /** Nobody: reading needs a project token and shows that project only. */
    TOKEN_HOLDERS
}
