package io.evenkeel.healing.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way from a test to one call.
 *
 * <p>Immutable.
 *
 * @param frames places in the user's code, the call itself first, then who called it; may end early, because an {@code await} that was
 *     left out cuts the stack of JavaScript; empty when nothing is known
 */
public record CallStack(List<CallSite> frames) {

    /** Nothing is known. */
    public static final CallStack UNKNOWN = new CallStack(List.of());

    private static final int MAX_FRAMES = 100;

    /** A line of a V8 stack: {@code at name (file:line:column)} or {@code at file:line:column}. */
    private static final Pattern FRAME =
            Pattern.compile("(?m)^\\s*at (?:[^\\n]*\\()?(?:file://)?([^()\\n]+?):(\\d{1,9}):(\\d{1,9})\\)?$");

    public CallStack {
        frames = List.copyOf(frames);
    }

    /** A stack of which only the call itself is known. */
    public static CallStack at(CallSite place) {
        return place.known() ? new CallStack(List.of(place)) : UNKNOWN;
    }

    /**
     * Reads the frames out of the text of a V8 stack; what it holds besides is passed over.
     *
     * @param place the call itself; if unknown, that is the first frame of the text
     */
    public static CallStack of(CallSite place, String stack) {
        List<CallSite> frames = new ArrayList<>(at(place).frames);
        Matcher frame = FRAME.matcher(stack);
        while (frame.find() && frames.size() < MAX_FRAMES) {
            CallSite site =
                    new CallSite(frame.group(1), Integer.parseInt(frame.group(2)), Integer.parseInt(frame.group(3)));
            if (!frames.contains(site)) {
                frames.add(site);
            }
        }
        return new CallStack(frames);
    }

    /** Returns the call itself. */
    public CallSite place() {
        return frames.isEmpty() ? CallSite.UNKNOWN : frames.get(0);
    }

    /** Returns who called it, the nearest first. */
    public List<CallSite> callers() {
        return frames.isEmpty() ? frames : frames.subList(1, frames.size());
    }

    /** Returns this stack with its files made relative to the given root. */
    public CallStack relativeTo(String root) {
        return new CallStack(frames.stream().map(f -> f.relativeTo(root)).toList());
    }
}
