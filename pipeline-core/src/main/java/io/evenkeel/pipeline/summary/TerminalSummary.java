package io.evenkeel.pipeline.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a run as plain text for a terminal or a CI log.
 *
 * <p>Lines are cut to the width; text of a stranger cannot steer the terminal. Thread-safe.
 */
public final class TerminalSummary {

    private static final int MAX_LINES = 20;

    /** Whether ANSI colours are used. */
    public enum Colours {
        NEVER,
        ALWAYS
    }

    private enum Colour {
        RED(31),
        GREEN(32),
        YELLOW(33),
        DIM(2);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }

    private final List<String> lines = new ArrayList<>();
    private final int width;
    private final Colours colours;

    private TerminalSummary(int width, Colours colours) {
        this.width = Math.max(20, width);
        this.colours = colours;
    }

    /**
     * Returns the text, each line ended by a newline.
     *
     * @param width columns of the terminal, at least 20; wide characters count as two
     */
    public static String of(RunSummary summary, int width, Colours colours) {
        TerminalSummary text = new TerminalSummary(width, colours);
        text.write(summary);
        return String.join("\n", text.lines) + "\n";
    }

    private void write(RunSummary summary) {
        section(
                summary.failures(),
                Colour.RED,
                t -> (t.counts() ? labelled("failed", t) : t.role().word() + " failed") + name(t));
        section(summary.healed(), Colour.YELLOW, t -> "healed" + name(t));
        section(summary.flaky(), Colour.YELLOW, t -> labelled("flaky", t) + name(t));
        List<Coverage.Missing> missing = summary.coverage().missing();
        missing.stream()
                .limit(MAX_LINES)
                .forEach(m -> line(
                        Colour.YELLOW,
                        "never ran: " + title(m.name()) + " (" + m.reason().words() + ")"));
        more(missing.size());
        summary.findings()
                .errors()
                .forEach(e -> line(
                        Colour.RED,
                        "error: " + new Failure(e.message(), "", "").firstLine()
                                + (e.place().isEmpty() ? "" : " at " + e.place())));
        line(
                Colour.DIM,
                "executed " + Words.number(summary.coverage().executed()) + " of "
                        + Words.number(summary.coverage().discovered()) + " discovered in "
                        + Words.time(summary.facts().wall()) + " on "
                        + Words.count(summary.executors().size(), "executor"));
        // The verdict stands last, where a terminal leaves the eye, and is never cut.
        lines.add(paint(verdictColour(summary.verdict()), Texts.oneLine(summary.sentence())));
    }

    private static Colour verdictColour(RunVerdict verdict) {
        return switch (verdict) {
            case PASSED -> Colour.GREEN;
            case HEALED, EMPTY -> Colour.YELLOW;
            case FAILED, INCOMPLETE, INTERRUPTED -> Colour.RED;
        };
    }

    private void section(List<TestSummary> tests, Colour colour, Function<TestSummary, String> head) {
        for (TestSummary test : tests.subList(0, Math.min(tests.size(), MAX_LINES))) {
            line(colour, head.apply(test));
            String error = test.diagnosis().failure().headline();
            if (!error.isEmpty()) {
                line(Colour.DIM, "    " + error);
            }
        }
        more(tests.size());
    }

    private void more(int size) {
        if (size > MAX_LINES) {
            line(Colour.DIM, "    … and " + Words.number(size - MAX_LINES) + " more");
        }
    }

    private static String labelled(String verdict, TestSummary test) {
        return test.labelled() ? verdict + " (" + test.kind().word() + ")" : verdict;
    }

    private static String name(TestSummary test) {
        return ": " + title(test.name());
    }

    private static String title(TestName name) {
        String project = name.project().isEmpty() ? "" : "[" + name.project() + "] ";
        return project + (name.file().isEmpty() ? "" : name.place() + " › ") + name.title();
    }

    private void line(Colour colour, String raw) {
        String indent = raw.startsWith("    ") ? "    " : "";
        lines.add(paint(colour, fit(indent + Texts.oneLine(raw))));
    }

    private String fit(String line) {
        int columns = 0;
        for (int i = 0; i < line.length(); ) {
            int point = line.codePointAt(i);
            columns += columns(point);
            if (columns > width) {
                return cutTo(line, width - 1) + "…";
            }
            i += Character.charCount(point);
        }
        return line;
    }

    private static String cutTo(String line, int columns) {
        int used = 0;
        int i = 0;
        while (i < line.length()) {
            int point = line.codePointAt(i);
            used += columns(point);
            if (used > columns) {
                break;
            }
            i += Character.charCount(point);
        }
        return line.substring(0, i);
    }

    /** Columns of a character: none for combining marks, two for East Asian wide ones and pictures. */
    private static int columns(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x2E80 && point <= 0xA4CF)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0xFE30 && point <= 0xFE6F)
                || (point >= 0xFF00 && point <= 0xFF60)
                || (point >= 0x1F300 && point <= 0x1FAFF)
                || (point >= 0x20000 && point <= 0x3FFFD);
        return wide ? 2 : 1;
    }

    private String paint(Colour colour, String line) {
        return colours == Colours.NEVER ? line : "\u001B[" + colour.code + "m" + line + "\u001B[0m";
    }
}
