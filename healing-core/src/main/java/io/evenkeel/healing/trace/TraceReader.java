package io.evenkeel.healing.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.healing.source.CallSite;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads a {@code trace.zip} in one pass, without unpacking it.
 *
 * <p>Bounds: {@value #MAX_ENTRIES} entries, {@value #MAX_BYTES} bytes of events, {@value #MAX_SKIPPED} bytes of everything else, {@value #MAX_NODES} recorded nodes, nesting of
 * 1,000. A truncated archive is read as far as it goes. Format versions {@value #OLDEST} to {@value #NEWEST}.
 */
public final class TraceReader {

    static final int OLDEST = 6;
    static final int NEWEST = 10;
    static final int MAX_ENTRIES = 20_000;
    static final long MAX_BYTES = 400_000_000L;
    static final long MAX_SKIPPED = 2_000_000_000L;
    static final int MAX_NODES = 4_000_000;
    private static final int MAX_LINE = 80_000_000;
    private static final Pattern WAITING = Pattern.compile("^\\s*waiting for (.+?)(?: to be \\w+)?\\s*$");

    private final ObjectMapper mapper;
    private final TraceFile file;
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, CallSite> stacks = new HashMap<>();
    private final FrameStore frames = new FrameStore();
    private String testIdAttribute = "";
    private int version;
    private int nodes;
    private long bytes;
    private final long maxSkipped;
    private long skipped;

    private TraceReader(TraceFile file, long maxSkipped) {
        this.file = file;
        this.maxSkipped = maxSkipped;
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(1_000)
                        .maxStringLength(30_000_000)
                        .build())
                .build();
        this.mapper = new ObjectMapper(factory);
    }

    private static final class Call {
        String method = "";
        String locator = "";
        CallSite place = CallSite.UNKNOWN;
        boolean failed;
    }

    /**
     * Reads a trace.
     *
     * @throws TraceUnreadableException if there is none, it is of another version, hostile, or holds no events
     */
    public static Trace read(TraceFile file) throws TraceUnreadableException {
        return read(file, MAX_SKIPPED);
    }

    /** Reads a trace that unpacks to at most so many bytes beside its events. */
    static Trace read(TraceFile file, long maxSkipped) throws TraceUnreadableException {
        return new TraceReader(file, maxSkipped).read();
    }

    private Trace read() throws TraceUnreadableException {
        boolean truncated = false;
        try (InputStream in = file.open();
                ZipInputStream zip = new ZipInputStream(in)) {
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MAX_ENTRIES) {
                    throw new TraceUnreadableException(
                            "The trace holds more than " + MAX_ENTRIES + " files; it is refused.");
                }
                readEntry(entry.getName(), new Counted(zip));
            }
        } catch (EOFException | ZipException e) {
            truncated = true;
        } catch (IOException e) {
            throw new TraceUnreadableException("The trace cannot be read: " + e.getMessage(), e);
        }
        if (version == 0) {
            throw new TraceUnreadableException(
                    truncated
                            ? "The trace is cut off or damaged before its first event."
                            : "The file is no Playwright trace: it holds no events.");
        }
        return trace();
    }

    private Trace trace() {
        Map<String, TracedAction> actions = new LinkedHashMap<>();
        calls.forEach((id, call) -> {
            CallSite place = stacks.getOrDefault(id, call.place);
            actions.put(id, new TracedAction(id, call.method, call.locator, place, call.failed));
        });
        return new Trace(version, testIdAttribute, actions, frames);
    }

    private void readEntry(String name, InputStream in) throws IOException, TraceUnreadableException {
        if (name.endsWith(".stacks")) {
            readStacks(mapper.readTree(new String(in.readNBytes(MAX_LINE), StandardCharsets.UTF_8)));
        } else if (name.endsWith(".trace")) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            boolean library = !name.endsWith("test.trace");
            for (String line = nextLine(lines); line != null; line = nextLine(lines)) {
                readEvent(line, library);
            }
        } else {
            skip(in);
        }
    }

    /** Passes over pictures and resources; even to skip an entry it has to be unpacked. */
    private void skip(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long before = bytes;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            skipped += count;
            bytes = before;
            if (skipped > maxSkipped) {
                throw new IOException("its pictures and resources unpack to more than " + maxSkipped + " bytes");
            }
        }
    }

    private static @org.jspecify.annotations.Nullable String nextLine(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != -1; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (line.length() >= MAX_LINE) {
                throw new IOException("an event of more than " + MAX_LINE + " characters");
            }
            line.append((char) c);
        }
        return line.isEmpty() ? null : line.toString();
    }

    private void readEvent(String line, boolean library) throws IOException, TraceUnreadableException {
        if (line.startsWith("{\"type\":\"frame-snapshot\"")) {
            readSnapshot(line);
        } else if (line.startsWith("{\"type\":\"before\"")
                || line.startsWith("{\"type\":\"after\"")
                || line.startsWith("{\"type\":\"log\"")
                || line.contains("\"type\":\"context-options\"")) {
            JsonNode event;
            try {
                event = mapper.readTree(line);
            } catch (IOException e) {
                return; // the last line of a trace whose writer was killed
            }
            switch (event.path("type").asText()) {
                case "context-options" -> options(event);
                case "before" -> before(event, library);
                case "log" -> log(event);
                default -> after(event);
            }
        }
    }

    private void options(JsonNode event) throws TraceUnreadableException {
        int found = event.path("version").asInt();
        if (found < OLDEST || found > NEWEST) {
            throw new TraceUnreadableException("The trace has format version " + found + "; versions " + OLDEST + " to "
                    + NEWEST + " are read (Playwright 1.40 to 1.65). Update Evenkeel, or Playwright.");
        }
        version = found;
        String attribute = event.path("testIdAttributeName").asText("");
        testIdAttribute = attribute.isEmpty() ? testIdAttribute : attribute;
    }

    private void before(JsonNode event, boolean library) {
        if (!library || calls.size() > 200_000) {
            return;
        }
        Call call = calls.computeIfAbsent(event.path("callId").asText(), id -> new Call());
        call.method = event.path("method").asText();
        JsonNode stack = event.path("stack").path(0);
        if (stack.has("file")) {
            call.place = new CallSite(
                    stack.get("file").asText(),
                    stack.path("line").asInt(),
                    stack.path("column").asInt());
        }
    }

    private void log(JsonNode event) {
        Call call = calls.get(event.path("callId").asText());
        if (call != null && call.locator.isEmpty()) {
            Matcher waiting = WAITING.matcher(event.path("message").asText());
            if (waiting.matches() && waiting.group(1).contains("(")) {
                call.locator = waiting.group(1);
            }
        }
    }

    private void after(JsonNode event) {
        Call call = calls.get(event.path("callId").asText());
        if (call != null) {
            boolean unmet = event.path("result").path("matches").isBoolean()
                    && event.path("result").path("matches").asBoolean()
                            == event.path("params").path("isNot").asBoolean();
            call.failed |= event.has("error") || unmet;
        }
    }

    private void readStacks(JsonNode root) {
        JsonNode files = root.path("files");
        for (JsonNode stack : root.path("stacks")) {
            String id = stack.path(0).isNumber()
                    ? "call@" + stack.get(0).asInt()
                    : stack.path(0).asText();
            JsonNode top = stack.path(1).path(0);
            String name = files.path(top.path(0).asInt(-1)).asText("");
            if (!name.isEmpty()) {
                stacks.put(
                        id, new CallSite(name, top.path(1).asInt(), top.path(2).asInt()));
            }
        }
    }

    private void readSnapshot(String line) throws IOException, TraceUnreadableException {
        String callId = "";
        String phase = "";
        String pageId = "";
        String frameId = "";
        String url = "";
        boolean main = false;
        Object html = "";
        try (JsonParser json = mapper.createParser(line)) {
            json.nextToken();
            while (json.nextToken() != null) {
                if (json.currentToken() != JsonToken.FIELD_NAME) {
                    continue;
                }
                String field = json.currentName();
                JsonToken value = json.nextToken();
                switch (field) {
                    case "callId" -> callId = json.getText();
                    case "phase" -> phase = json.getText();
                    case "snapshotName" -> phase = before(json.getText());
                    case "pageId" -> pageId = json.getText();
                    case "frameId" -> frameId = json.getText();
                    case "frameUrl" -> url = json.getText();
                    case "isMainFrame" -> main = json.getBooleanValue();
                    case "html" -> html = node(json);
                    case "snapshot", "type" -> {}
                    default -> {
                        if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                            json.skipChildren();
                        }
                    }
                }
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            if (nodes > MAX_NODES) {
                throw new TraceUnreadableException(
                        "The trace records more than " + MAX_NODES + " nodes; it is refused.", e);
            }
            return; // cut off; later references to it are refused one by one
        }
        frames.add(new FrameSnapshot(callId, phase, pageId, new FrameSnapshot.FrameOf(frameId, url, main), html));
    }

    private static String before(String snapshotName) {
        int at = snapshotName.indexOf('@');
        return at < 0 ? snapshotName : snapshotName.substring(0, at);
    }

    /** Reads {@code "text"}, {@code ["TAG", {…}, …]} or {@code [[back, position]]}. */
    private Object node(JsonParser json) throws IOException, TraceUnreadableException {
        if (++nodes > MAX_NODES) {
            throw new TraceUnreadableException("The trace records more than " + MAX_NODES + " nodes; it is refused.");
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                json.skipChildren();
                return "";
            }
            return json.getText();
        }
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_ARRAY) {
            json.nextToken();
            int back = json.getValueAsInt();
            json.nextToken();
            int position = json.getValueAsInt();
            skipToEnd(json);
            skipToEnd(json);
            return back > 0 ? DomNode.reference(back, position) : "";
        }
        if (first != JsonToken.VALUE_STRING) {
            skipToEnd(json);
            return "";
        }
        String tag = json.getText();
        JsonToken next = json.nextToken();
        Map<String, String> attributes = new LinkedHashMap<>();
        if (next == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value.isStructStart()) {
                    json.skipChildren();
                } else {
                    attributes.put(name, json.getText());
                }
            }
            next = json.nextToken();
        }
        DomNode element = DomNode.element(tag, attributes);
        while (next != JsonToken.END_ARRAY && next != null) {
            element.children.add(node(json));
            next = json.nextToken();
        }
        return element;
    }

    private static void skipToEnd(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            if (token.isStructStart()) {
                json.skipChildren();
            }
            token = json.nextToken();
        }
    }

    /** Counts what is unpacked, so that a small archive cannot unpack to more than {@link #MAX_BYTES}. */
    private final class Counted extends FilterInputStream {

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            bytes += Math.max(count, 0);
            if (bytes > MAX_BYTES) {
                throw new IOException("it unpacks to more than " + MAX_BYTES + " bytes");
            }
            return count;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public void close() {
            // the archive is closed by its owner
        }
    }
}
