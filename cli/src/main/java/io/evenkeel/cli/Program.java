package io.evenkeel.cli;

import java.io.PrintStream;

/**
 * What every command is given.
 *
 * <p>Immutable.
 *
 * @param settings the environment
 * @param terminal for people
 * @param out for programs: JSON only
 */
record Program(Settings settings, Terminal terminal, PrintStream out) {}
