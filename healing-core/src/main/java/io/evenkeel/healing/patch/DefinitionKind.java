package io.evenkeel.healing.patch;

/** Where the text of a locator is written. */
public enum DefinitionKind {
    /** In the failing call itself. */
    CALL,
    /** In a local variable or constant of the same file. */
    VARIABLE,
    /** In a field of a class, by initializer or in the constructor. */
    FIELD,
    /** In a getter or method that returns the locator. */
    METHOD,
    /** In a member of an object literal. */
    MEMBER,
    /** In an argument given to a helper function. */
    ARGUMENT
}
