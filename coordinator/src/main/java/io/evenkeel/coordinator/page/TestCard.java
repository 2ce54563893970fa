package io.evenkeel.coordinator.page;

import java.util.List;

/**
 * A test that failed or was flaky, with its evidence.
 *
 * <p>Immutable.
 *
 * @param key key of the test
 * @param title its names
 * @param label why it may have failed
 * @param past its latest runs, oldest first
 * @param attempts all attempts, in order
 */
public record TestCard(long key, Title title, Label label, List<Past> past, List<AttemptCard> attempts) {

    public TestCard {
        past = List.copyOf(past);
        attempts = List.copyOf(attempts);
    }

    /** Names of a test as they are printed; the summary is the first line of its first error. */
    public record Title(String verdict, String project, String place, List<String> titles, String summary) {

        public Title {
            titles = List.copyOf(titles);
        }

        /** Returns the test's own title. */
        public String own() {
            return titles.isEmpty() ? "" : titles.get(titles.size() - 1);
        }

        /** Returns the titles around it. */
        public String around() {
            return String.join(" › ", titles.subList(0, Math.max(0, titles.size() - 1)));
        }
    }

    /** A judgement with the sentence that explains it; both empty when there is none. */
    public record Label(String word, String evidence) {}

    /** One earlier run of the test. */
    public record Past(long runId, String verdict, String tip) {}

    /** One attempt. */
    public record AttemptCard(String name, String status, String duration, List<ErrorCard> errors, Files files) {

        public AttemptCard {
            errors = List.copyOf(errors);
        }

        /** Returns whether the attempt is shown open. */
        public boolean failed() {
            return !errors.isEmpty();
        }
    }

    /** One error; texts may be empty. */
    public record ErrorCard(String message, String snippet, String stack, String place) {}

    /** Files of an attempt by what can be done with them. */
    public record Files(List<File> pictures, List<File> videos, List<File> traces, List<File> others) {

        public Files {
            pictures = List.copyOf(pictures);
            videos = List.copyOf(videos);
            traces = List.copyOf(traces);
            others = List.copyOf(others);
        }
    }

    /** A file; the address is empty when only the executor has it, the command when there is none to show it. */
    public record File(String name, String address, String size, String command) {}
}
