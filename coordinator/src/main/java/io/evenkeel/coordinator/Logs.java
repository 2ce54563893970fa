package io.evenkeel.coordinator;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One line per event on standard error; libraries speak only when something is wrong. */
final class Logs {

    // The log manager forgets levels of loggers nobody holds.
    private static final List<Logger> QUIET = List.of(
            Logger.getLogger("org.flywaydb"),
            Logger.getLogger("com.zaxxer.hikari"),
            Logger.getLogger("org.eclipse.jetty"));

    private static final Logger SERVER = Logger.getLogger("io.javalin");

    private Logs() {}

    /** Lets libraries speak only of what is wrong. */
    static void quietLibraries() {
        if (!configuredByKeeper()) {
            QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
            // A server that cannot start is told of in one line by who started it.
            SERVER.setLevel(Level.OFF);
        }
    }

    /** Lets the server speak of what is wrong, now that it has started. */
    static void started() {
        if (!configuredByKeeper()) {
            SERVER.setLevel(Level.WARNING);
        }
    }

    /** Writes each event on one line; before the first logger is used. */
    static void oneLineEach() {
        if (!configuredByKeeper()) {
            System.setProperty(
                    "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s %5$s%6$s%n");
        }
    }

    private static boolean configuredByKeeper() {
        return System.getProperty("java.util.logging.config.file") != null;
    }
}
