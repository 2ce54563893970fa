package io.evenkeel.healing.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.healing.snapshot.Box;
import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code read-page.js} lists of one document: start tags, texts and ends in document order.
 *
 * <p>Needs no Playwright for Java: whoever drives the browser may run the script and bring its answer here. Pure and thread-safe.
 */
public final class PageTokens {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SCRIPT = resource();

    private PageTokens() {}

    /**
     * Returns the script: a JavaScript function of {@code [most elements, left edge, top edge]} that runs in the page, changes nothing on it and gives
     * {@code {json, frames}}: the tokens as text, and the frame elements met.
     */
    public static String script() {
        return SCRIPT;
    }

    /**
     * Reads the tokens of a main document; documents of frames are left empty.
     *
     * @param url address of the page
     * @throws SnapshotRefusedException if the text is no list of tokens, or the page has more than {@link DomSnapshot#MAX_ELEMENTS} elements
     */
    public static DomSnapshot read(String url, String json) {
        DomSnapshot.Builder out = DomSnapshot.at(url);
        try {
            replay(json, out, (number, box) -> {});
            return out.build();
        } catch (SnapshotRefusedException e) {
            throw e;
        } catch (JsonProcessingException | RuntimeException e) {
            throw new SnapshotRefusedException(
                    "The page " + url + " could not be read: its script gave something else than its elements.", e);
        }
    }

    /** Told of each frame element while it is open. */
    interface FrameDocuments {

        /**
         * Adds the document of a frame, or nothing.
         *
         * @param number of the frame element, from 1 in the order met
         * @param box where it is painted
         */
        void enter(int number, Box box);
    }

    static void replay(String json, DomSnapshot.Builder out, FrameDocuments frames) throws JsonProcessingException {
        for (JsonNode token : MAPPER.readTree(json)) {
            if (token.isTextual()) {
                out.text(token.asText());
            } else if (token.isArray()) {
                open(token, out, frames);
            } else {
                out.close();
            }
        }
    }

    private static void open(JsonNode token, DomSnapshot.Builder out, FrameDocuments frames) {
        Map<String, String> attributes = new HashMap<>();
        token.get(1)
                .fields()
                .forEachRemaining(e -> attributes.put(e.getKey(), e.getValue().asText()));
        Element element = out.open(token.get(0).asText(), attributes);
        JsonNode at = token.get(3);
        Box box = new Box(
                at.get(0).asDouble(),
                at.get(1).asDouble(),
                at.get(2).asDouble(),
                at.get(3).asDouble());
        out.painted(element, box);
        int number = token.get(2).asInt();
        if (number > 0) {
            frames.enter(number, box);
        }
    }

    private static String resource() {
        try (InputStream in = PageTokens.class.getResourceAsStream("read-page.js")) {
            if (in == null) {
                throw new IllegalStateException(
                        "The resource (read-page.js) of healing-core must be on the class path.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
