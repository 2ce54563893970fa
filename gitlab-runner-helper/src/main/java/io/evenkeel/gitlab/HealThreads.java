package io.evenkeel.gitlab;

import com.google.common.hash.Hashing;
import io.evenkeel.pipeline.host.Publication;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gitlab4j.api.models.Diff;
import org.gitlab4j.api.models.Discussion;
import org.gitlab4j.api.models.MergeRequestVersion;
import org.gitlab4j.api.models.Note;
import org.gitlab4j.api.models.Position;

/**
 * Opens one thread under a merge request for each proven repair, and resolves it when the locator is no longer broken.
 *
 * <p>Where the broken line was added by the merge request itself, the thread stands beside it and offers the repair as a suggestion that
 * one click applies. One thread.
 */
final class HealThreads {

    private static final Pattern MARKER = Pattern.compile("<!-- evenkeel:heal:v1 ([0-9a-f]{12}) -->");
    private static final Pattern HUNK = Pattern.compile("@@ -\\d+(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@.*");
    private static final int MOST_THREADS = 10;

    private final GitlabApi api;
    private final long request;

    HealThreads(GitlabApi api, long request) {
        this.api = api;
        this.request = request;
    }

    void tell(Publication publication) throws IOException {
        List<HealEvent> heals = publication.summary().findings().heals().stream()
                .filter(heal -> heal.verification().map(v -> v.success()).orElse(false))
                .filter(heal -> heal.locator().healed().isPresent())
                .limit(MOST_THREADS)
                .toList();
        String me = new GitlabNotes(api, request, "").me();
        Set<String> open = resolveGone(heals, me);
        for (HealEvent heal : heals) {
            if (open.add(cause(heal))) {
                start(
                        heal,
                        publication.style().sources().project() + heal.subject().file());
            }
        }
    }

    private static String cause(HealEvent heal) {
        return Hashing.sha256()
                .hashString(heal.subject().file() + "\n" + heal.locator().original(), StandardCharsets.UTF_8)
                .toString()
                .substring(0, 12);
    }

    /** Resolves our threads whose cause is gone; returns the causes that have a thread. */
    private Set<String> resolveGone(List<HealEvent> heals, String me) throws IOException {
        Set<String> causes = new HashSet<>();
        for (Discussion discussion :
                api.ask((gitlab, project) -> gitlab.getDiscussionsApi().getMergeRequestDiscussions(project, request))) {
            Note first = discussion.getNotes().isEmpty()
                    ? new Note()
                    : discussion.getNotes().get(0);
            Matcher marker = MARKER.matcher(String.valueOf(first.getBody()));
            boolean ours =
                    first.getAuthor() != null && me.equals(first.getAuthor().getUsername()) && marker.lookingAt();
            if (!ours) {
                continue;
            }
            causes.add(marker.group(1));
            boolean gone = heals.stream().noneMatch(heal -> cause(heal).equals(marker.group(1)));
            if (gone && !Boolean.TRUE.equals(first.getResolved())) {
                api.ask((gitlab, project) -> gitlab.getDiscussionsApi()
                        .resolveMergeRequestDiscussion(project, request, discussion.getId(), true));
            }
        }
        return causes;
    }

    private void start(HealEvent heal, String path) throws IOException {
        Optional<Position> position = position(path, heal.subject().line());
        String body = "<!-- evenkeel:heal:v1 " + cause(heal) + " -->\n"
                + String.format(
                        Locale.ROOT,
                        "The locator in %s line %d is broken; this one passed every re-run (confidence %.2f).",
                        fenced(path),
                        heal.subject().line(),
                        heal.decision().confidence())
                + "\n\n"
                + position.flatMap(here -> suggestion(heal))
                        .orElseGet(() -> block("diff", heal.patch().orElse("")));
        // A second try after a broken answer could open a second thread.
        api.tell((gitlab, project) -> gitlab.getDiscussionsApi()
                .createMergeRequestDiscussion(project, request, body, null, null, position.orElse(null)));
    }

    /** Returns the suggestion when the repair replaces one whole line. */
    private static Optional<String> suggestion(HealEvent heal) {
        List<String> lines = heal.patch().orElse("").lines().toList();
        List<String> added = lines.stream()
                .filter(line -> line.startsWith("+") && !line.startsWith("+++"))
                .toList();
        long removed = lines.stream()
                .filter(line -> line.startsWith("-") && !line.startsWith("---"))
                .count();
        return removed == 1 && added.size() == 1
                ? Optional.of(block("suggestion:-0+0", added.get(0).substring(1)))
                : Optional.empty();
    }

    /** Returns where the line stands in the merge request's diff; empty when it is not an added line of it. */
    private Optional<Position> position(String path, int line) throws IOException {
        List<Diff> diffs =
                api.ask((gitlab, project) -> gitlab.getMergeRequestApi().getDiffs(project, request));
        Optional<Diff> diff = diffs.stream()
                .filter(candidate -> path.equals(candidate.getNewPath()))
                .filter(candidate -> added(String.valueOf(candidate.getDiff())).contains(line))
                .findFirst();
        if (diff.isEmpty()) {
            return Optional.empty();
        }
        List<MergeRequestVersion> versions =
                api.ask((gitlab, project) -> gitlab.getMergeRequestApi().getDiffVersions(project, request));
        return versions.stream()
                .findFirst()
                .map(newest -> new Position()
                        .withPositionType(Position.PositionType.TEXT)
                        .withBaseSha(newest.getBaseCommitSha())
                        .withStartSha(newest.getStartCommitSha())
                        .withHeadSha(newest.getHeadCommitSha())
                        .withOldPath(diff.get().getOldPath())
                        .withNewPath(path)
                        .withNewLine(line));
    }

    /** Returns the numbers of the lines a unified diff adds. */
    static Set<Integer> added(String diff) {
        Set<Integer> lines = new HashSet<>();
        int line = 0;
        for (String text : diff.split("\n", -1)) {
            Matcher hunk = HUNK.matcher(text);
            if (hunk.matches()) {
                line = Integer.parseInt(hunk.group(1));
            } else if (text.startsWith("+")) {
                lines.add(line++);
            } else if (!text.startsWith("-") && !text.startsWith("\\")) {
                line++;
            }
        }
        return lines;
    }

    private static String fenced(String text) {
        return "`` " + text.replace("`", "'") + " ``";
    }

    /** A fence nothing inside can close. */
    private static String block(String language, String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence + language + "\n" + text.stripTrailing() + "\n" + fence + "\n";
    }
}
