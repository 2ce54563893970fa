package io.evenkeel.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where human text goes: standard error, with colours only on a terminal that wants them.
 *
 * <p>Follows {@code NO_COLOR}, {@code FORCE_COLOR} and {@code CI}. Thread-safe.
 */
final class Terminal {

    /** The few looks a message can have. */
    enum Style {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        GREEN("32"),
        YELLOW("33"),
        RED("31");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean interactive;
    private final boolean colours;
    private boolean lineOpen;

    Terminal(PrintStream out, Map<String, String> env, boolean attached) {
        this.out = out;
        this.interactive = attached && !env.containsKey("CI") && !"dumb".equals(env.get("TERM"));
        this.colours = env.containsKey("FORCE_COLOR")
                ? !"0".equals(env.get("FORCE_COLOR"))
                : interactive && !env.containsKey("NO_COLOR");
    }

    /** Returns whether a person watches, so that a line may be drawn over. */
    boolean interactive() {
        return interactive;
    }

    /** Returns whether colours are wanted. */
    boolean colours() {
        return colours;
    }

    /** Returns the text in this style, unchanged where no colours are wanted. */
    String styled(Style style, String text) {
        return colours && style != Style.PLAIN ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    /** Returns a writer to the same place, for what prints by itself. */
    PrintWriter writer() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    /** Prints one or more lines. */
    synchronized void line(String text) {
        if (lineOpen) {
            out.print("\r\u001b[2K");
            lineOpen = false;
        }
        out.println(text);
        out.flush();
    }

    /** Prints one or more lines in a style. */
    void line(Style style, String text) {
        line(styled(style, text));
    }

    /** Draws a line that the next output draws over; does nothing unless {@link #interactive()}. */
    synchronized void draw(String text) {
        if (interactive) {
            out.print("\r\u001b[2K" + text);
            out.flush();
            lineOpen = true;
        }
    }
}
