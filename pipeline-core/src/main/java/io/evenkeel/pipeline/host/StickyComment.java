package io.evenkeel.pipeline.host;

import io.evenkeel.pipeline.host.CommentThread.Comment;
import io.evenkeel.pipeline.summary.CommentAdvice;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps one comment for each suite under a change: written once, then updated in place.
 *
 * <p>It is found by a marker in its first line and by its author, so that nobody can have theirs overwritten by quoting the marker. When
 * two report jobs write at once, the older comment stays. Immutable.
 */
public final class StickyComment {

    private static final String PLACE = "comment";

    private final String marker;
    private final String footer;
    private final int maxBytes;

    /**
     * @param key suite the comment is for
     * @param footer small print below it: what was tested, how to turn it off; Markdown on one line
     * @param maxBytes what the forge takes
     */
    public StickyComment(String key, String footer, int maxBytes) {
        this.marker = "<!-- evenkeel:report:v1 " + key + " -->";
        this.footer = footer;
        this.maxBytes = maxBytes;
    }

    /** Returns the text of the comment. */
    String body(Publication publication) {
        String end = "\n<sub>" + footer + "</sub>\n";
        String text = publication.advice() == CommentAdvice.ONLY_UPDATE
                ? publication.verdictLine()
                : publication.markdown(maxBytes - marker.length() - end.length() * 2 - 2);
        return marker + "\n" + text + end;
    }

    /**
     * Writes, updates or leaves the comment as the run asks for.
     *
     * @throws IOException when the forge refuses or cannot be reached
     */
    public Told tell(Publication publication, CommentThread thread) throws IOException {
        CommentAdvice advice = publication.advice();
        if (advice == CommentAdvice.NEVER) {
            return Told.unchanged(PLACE, "none: there is nothing to say under the change");
        }
        String body = body(publication);
        String me = thread.me();
        List<Comment> mine = mine(thread, me);
        if (mine.isEmpty()) {
            return advice == CommentAdvice.ONLY_UPDATE
                    ? Told.unchanged(PLACE, "none: everything is green")
                    : write(body, thread);
        }
        Comment kept = mine.get(0);
        removeAllBut(kept, mine, thread);
        if (same(kept.body(), body)) {
            return Told.unchanged(PLACE, "says so already " + kept.url());
        }
        thread.replace(kept.id(), body);
        return Told.done(PLACE, "updated " + kept.url());
    }

    private Told write(String body, CommentThread thread) throws IOException {
        Comment written = thread.write(body);
        // The author of what was just written is who we are, whatever the token's name is thought to be.
        List<Comment> mine = mine(thread, written.author());
        Optional<Comment> oldest = mine.stream().findFirst().filter(first -> first.id() != written.id());
        if (oldest.isEmpty()) {
            return Told.done(PLACE, "written " + written.url());
        }
        removeAllBut(oldest.get(), mine, thread);
        thread.replace(oldest.get().id(), body);
        return Told.done(PLACE, "updated " + oldest.get().url());
    }

    private static void removeAllBut(Comment kept, List<Comment> mine, CommentThread thread) throws IOException {
        for (Comment comment : mine) {
            if (comment.id() != kept.id()) {
                thread.remove(comment.id());
            }
        }
    }

    /** Returns our comments, oldest first. */
    private List<Comment> mine(CommentThread thread, String me) throws IOException {
        return thread.all().stream()
                .filter(comment -> comment.author().equals(me))
                .filter(comment -> comment.body().startsWith(marker))
                .sorted(Comparator.comparingLong(Comment::id))
                .toList();
    }

    /** Forges may change line ends and trailing space of what they keep. */
    private static boolean same(String kept, String body) {
        return kept.replace("\r\n", "\n").strip().equals(body.strip());
    }
}
