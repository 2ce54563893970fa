package io.evenkeel.healing;

import io.evenkeel.healing.trace.TraceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes traces as Playwright does, one event a line: one click that waited in vain for {@code getByRole('button', { name: 'Store order' })}. */
public final class TraceZip {

    /** The locator of the failed call. */
    public static final String LOCATOR = "getByRole('button', { name: 'Store order' })";

    private final List<String> events = new ArrayList<>();

    /** A trace of a format version. */
    public TraceZip(int version) {
        events.add("{\"version\":" + version
                + ",\"type\":\"context-options\",\"origin\":\"library\",\"testIdAttributeName\":\"data-testid\"}");
    }

    /** Adds a document recorded before the call; html is a JSON node of the trace format. */
    public TraceZip earlier(String frame, String html) {
        events.add(snapshot("call@1", "before", frame, html));
        return this;
    }

    /** Begins the call that fails. */
    public TraceZip call() {
        events.add("{\"type\":\"before\",\"callId\":\"call@9\",\"method\":\"click\",\"class\":\"Frame\","
                + "\"params\":{\"selector\":\"internal:role=button\"},"
                + "\"stack\":[{\"file\":\"/home/ci/a.spec.ts\",\"line\":3,\"column\":5}]}");
        events.add("{\"type\":\"log\",\"callId\":\"call@9\",\"message\":\"  waiting for " + LOCATOR + "\"}");
        return this;
    }

    /** Adds a document as it was when the call gave up. */
    public TraceZip after(String frame, String html) {
        events.add(snapshot("call@9", "after", frame, html));
        return this;
    }

    /** Ends the call. */
    public TraceZip failed() {
        events.add("{\"type\":\"after\",\"callId\":\"call@9\",\"error\":{\"message\":\"Timeout 1000ms exceeded.\"}}");
        return this;
    }

    private static String snapshot(String call, String phase, String frame, String html) {
        boolean main = frame.equals("main");
        return "{\"type\":\"frame-snapshot\",\"snapshot\":{\"callId\":\"" + call + "\",\"snapshotName\":\"" + phase
                + "@"
                + call + "\",\"pageId\":\"page\",\"frameId\":\"" + frame + "\",\"frameUrl\":\"http://app.example/"
                + (main ? "orders" : frame) + "\",\"isMainFrame\":" + main + ",\"html\":" + html + "}}";
    }

    /** Returns the zip. */
    public byte[] bytes() {
        return zip("1-trace.trace", String.join("\n", events) + "\n");
    }

    /** Returns the trace. */
    public TraceFile file() {
        return TraceFile.of(bytes());
    }

    /** Returns a zip of one entry. */
    public static byte[] zip(String name, String content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Returns a whole page with the given JSON nodes in its body. */
    public static String page(String... body) {
        return "[\"HTML\",{},[\"HEAD\",{},[\"TITLE\",{},\"Orders\"]],[\"BODY\",{}," + String.join(",", body) + "]]";
    }
}
