package io.evenkeel.pipeline.summary;

import java.util.Comparator;
import java.util.List;

/**
 * Which test it is, in words a person knows it by.
 *
 * <p>Immutable.
 *
 * @param id Playwright's own id
 * @param project name of the project, empty without projects
 * @param file path relative to the suite's root folder, with {@code /}; empty when only the id is known
 * @param titles titles of the describe blocks and of the test; empty when only the id is known
 * @param line where it is written, from 1; 0 when not known
 */
public record TestName(String id, String project, String file, List<String> titles, int line) {

    /** By file, then line, then project and titles: the order of a person reading the suite. */
    static final Comparator<TestName> BY_PLACE = Comparator.comparing(TestName::file)
            .thenComparingInt(TestName::line)
            .thenComparing(TestName::project)
            .thenComparing(TestName::title)
            .thenComparing(TestName::id);

    public TestName {
        titles = List.copyOf(titles);
    }

    /** Returns the name of a test of which nothing but the id is known. */
    public static TestName unknown(String id) {
        return new TestName(id, "", "", List.of(), 0);
    }

    /** Returns the titles as Playwright prints them, {@code describe › test}; the id when there are none. */
    public String title() {
        return titles.isEmpty() ? id : String.join(" › ", titles);
    }

    /** Returns {@code file:line}, or what is known of it. */
    public String place() {
        return line > 0 ? file + ":" + line : file;
    }
}
