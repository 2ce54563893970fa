package io.evenkeel.pipeline.host;

import io.evenkeel.pipeline.summary.RunError;
import io.evenkeel.pipeline.summary.TestSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something to show beside a line of the source.
 *
 * <p>Immutable.
 *
 * @param level how bad it is
 * @param path file in the repository
 * @param line from 1
 * @param title one line
 * @param message plain text, several lines
 */
public record Remark(Level level, String path, int line, String title, String message) {

    /** How bad it is. */
    public enum Level {
        /** It fails the run. */
        ERROR,
        /** It does not. */
        WARNING
    }

    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_MESSAGE = 4_000;
    private static final Pattern PLACE = Pattern.compile("(.+?):(\\d{1,9})(?::\\d+)?");

    /** Returns the remarks of a run, errors first, in the order a developer should look at them; at most so many of each level. */
    public static List<Remark> of(Publication publication, int mostOfEach) {
        List<Remark> errors = new ArrayList<>();
        List<Remark> warnings = new ArrayList<>();
        for (RunError error : publication.summary().findings().errors()) {
            place(error.place(), publication)
                    .ifKnown((path, line) -> errors.add(new Remark(
                            Level.ERROR,
                            path,
                            line,
                            "Error outside the tests",
                            cut(error.message(), LONGEST_MESSAGE))));
        }
        for (TestSummary test : publication.summary().failures()) {
            boolean fails = publication.gate().fails(test);
            add(test, fails ? Level.ERROR : Level.WARNING, fails ? errors : warnings, publication);
        }
        for (TestSummary test : publication.summary().flaky()) {
            add(test, Level.WARNING, warnings, publication);
        }
        List<Remark> all = new ArrayList<>(errors.subList(0, Math.min(mostOfEach, errors.size())));
        all.addAll(warnings.subList(0, Math.min(mostOfEach, warnings.size())));
        return List.copyOf(all);
    }

    private static void add(TestSummary test, Level level, List<Remark> remarks, Publication publication) {
        String place = test.diagnosis().failure().place();
        Place found = place(place.isEmpty() ? test.name().place() : place, publication);
        String label = test.flaky()
                ? "flaky"
                : test.counts()
                        ? test.diagnosis().label().kind().word()
                        : test.role().word() + " failed";
        String project =
                test.name().project().isEmpty() ? "" : "[" + test.name().project() + "] ";
        String evidence = test.diagnosis().label().evidence();
        found.ifKnown((path, line) -> remarks.add(new Remark(
                level,
                path,
                line,
                oneLine(label + ": " + project + test.name().title()),
                cut(
                        (evidence.isEmpty() ? "" : evidence + "\n\n")
                                + test.diagnosis().failure().message(),
                        LONGEST_MESSAGE))));
    }

    private static Place place(String text, Publication publication) {
        Matcher matcher = PLACE.matcher(text);
        if (!matcher.matches()
                || matcher.group(1).startsWith("/")
                || matcher.group(1).contains("..")) {
            return new Place("", 0);
        }
        return new Place(
                publication.style().sources().tests() + matcher.group(1),
                Math.max(1, Integer.parseInt(matcher.group(2))));
    }

    private static String oneLine(String text) {
        return cut(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), LONGEST_TITLE);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    /** A place in the repository; an empty path for one that lies outside of it or is not known. */
    private record Place(String path, int line) {

        interface Use {
            void at(String path, int line);
        }

        void ifKnown(Use use) {
            if (!path.isEmpty()) {
                use.at(path, line);
            }
        }
    }
}
