package io.evenkeel.healing.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads the page a browser shows: all frames, open shadow roots, and where each element is painted, without what users typed.
 *
 * <p>The snapshot is that of a trace recorded at the same moment, with boxes in addition. One page is read at a time, by the thread that
 * owns the browser.
 */
public final class LivePageReader {

    private static final int MAX_FRAMES = 200;
    private static final int MAX_DEPTH = 10;

    private final Duration patience;
    private long deadline;
    private int frames;

    /**
     * A reader.
     *
     * @param patience longest time for one page with all its frames; a page that is busy for longer is refused
     */
    public LivePageReader(Duration patience) {
        this.patience = patience;
    }

    /**
     * Reads the page as it is now; a frame that does not answer is left empty.
     *
     * @throws SnapshotRefusedException if the page does not answer in time, was closed, or has more than {@link
     *     DomSnapshot#MAX_ELEMENTS} elements
     */
    public DomSnapshot read(Page page) {
        deadline = System.nanoTime() + patience.toNanos();
        frames = 0;
        DomSnapshot.Builder out = DomSnapshot.at(page.url());
        try {
            read(page.mainFrame(), out, new Corner(0, 0, 0));
            return out.build();
        } catch (PlaywrightException e) {
            throw new SnapshotRefusedException(
                    "The page " + page.url() + " could not be read within " + patience.toSeconds() + " s: "
                            + e.getMessage()
                            + "\nMaybe it was closed, goes on to another page, or its script never pauses.",
                    e);
        }
    }

    /**
     * Where the document of a frame begins on the page.
     *
     * @param depth number of frames around it
     */
    private record Corner(double x, double y, int depth) {}

    private void read(Frame frame, DomSnapshot.Builder out, Corner corner) {
        tell(ask(frame, corner), out, corner);
    }

    private JSHandle ask(Frame frame, Corner corner) {
        return frame.waitForFunction(
                PageTokens.script(),
                List.of(DomSnapshot.MAX_ELEMENTS, corner.x(), corner.y()),
                new Frame.WaitForFunctionOptions().setTimeout(left()));
    }

    private void tell(JSHandle answer, DomSnapshot.Builder out, Corner corner) {
        try {
            JSHandle inner = answer.getProperty("frames");
            PageTokens.replay(
                    String.valueOf(answer.getProperty("json").jsonValue()),
                    out,
                    (number, box) -> enter(number, inner, out, new Corner(box.x(), box.y(), corner.depth() + 1)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("The answer of the page must be JSON.", e);
        }
    }

    private double left() {
        return Math.max(1, (deadline - System.nanoTime()) / 1e6);
    }

    private void enter(int number, JSHandle inner, DomSnapshot.Builder out, Corner below) {
        if (below.depth() <= MAX_DEPTH && frames < MAX_FRAMES) {
            frames++;
            document(inner, number - 1, below).ifPresent(answer -> {
                out.enterFrame();
                tell(answer, out, below);
                out.leaveFrame();
            });
        }
    }

    /** Returns the document of a frame; empty if it never loaded or was taken away: the rest of the page is still worth searching. */
    private Optional<JSHandle> document(JSHandle frames, int number, Corner corner) {
        try {
            ElementHandle holder = frames.getProperty(Integer.toString(number)).asElement();
            return Optional.ofNullable(holder)
                    .flatMap(h -> Optional.ofNullable(h.contentFrame()))
                    .map(frame -> ask(frame, corner));
        } catch (PlaywrightException e) {
            return Optional.empty();
        }
    }
}
