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
            Logger.getLogger("org.eclipse.jetty"),
            Logger.getLogger("io.javalin"));

    private Logs() {}

    static void configure() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s %5$s%6$s%n");
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    }
}
