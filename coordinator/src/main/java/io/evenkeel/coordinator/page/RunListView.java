package io.evenkeel.coordinator.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The list of runs.
 *
 * <p>Immutable.
 *
 * @param runs newest first
 * @param filter what is asked for
 * @param choices what can be asked for
 * @param next cursor of the next page, empty on the last
 */
public record RunListView(List<RunLine> runs, Filter filter, Choices choices, String next) {

    /** Statuses a reader can ask for, with the words on the buttons. */
    public static final List<String> STATUSES = List.of("failed", "flaky", "healed", "incomplete", "passed", "running");

    public RunListView {
        runs = List.copyOf(runs);
    }

    /** What is asked for; empty texts ask for all. */
    public record Filter(String project, String branch, String status, String cursor) {

        /** Returns whether anything is asked for. */
        public boolean active() {
            return !branch.isEmpty() || !status.isEmpty() || !project.isEmpty();
        }

        /** Returns the address with another status and from the newest run on. */
        public String withStatus(String other) {
            return address(project, branch, other, "");
        }

        /** Returns the address of the next page. */
        public String withCursor(String other) {
            return address(project, branch, status, other);
        }

        private static String address(String project, String branch, String status, String cursor) {
            StringBuilder address = new StringBuilder("/");
            add(address, "project", project);
            add(address, "branch", branch);
            add(address, "status", status);
            add(address, "cursor", cursor);
            return address.toString();
        }

        private static void add(StringBuilder address, String name, String value) {
            if (!value.isEmpty()) {
                address.append(address.indexOf("?") < 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
    }

    /** What can be asked for; projects are empty when there is only one. */
    public record Choices(List<String> projects, List<String> branches, String setUp) {

        public Choices {
            projects = List.copyOf(projects);
            branches = List.copyOf(branches);
        }
    }
}
