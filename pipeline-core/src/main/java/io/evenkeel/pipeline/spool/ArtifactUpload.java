package io.evenkeel.pipeline.spool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.SpoolEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stores the files of failed and flaky attempts and writes hash and size into their events.
 *
 * <p>When the budget of the run is used up, or the sink has no time left, events go
 * without hashes and the files stay where they are. One thread.
 */
final class ArtifactUpload implements EventDresser {

    /** The coordinator takes no larger file. */
    static final long MAX_FILE_BYTES = 100L * 1024 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ArtifactSink sink;
    private final AtomicBoolean outOfTime = new AtomicBoolean();
    private long bytesLeft;

    /**
     * Prepares uploads.
     *
     * @param budgetBytes of all files of the run on this executor together
     */
    ArtifactUpload(ArtifactSink sink, long budgetBytes) {
        this.sink = sink;
        this.bytesLeft = budgetBytes;
    }

    /** Stores no more files; may be called from any thread. */
    void stop() {
        outOfTime.set(true);
    }

    @Override
    public SpoolEvent dress(SpoolEvent event) {
        SpoolEvent[] result = {event};
        event.event().accept(RunEvent.onAttemptEnd(attempt -> {
            if (isWanted(attempt) && !outOfTime.get()) {
                result[0] = store(event);
            }
        }));
        return result[0];
    }

    /** Failed, or passed after it had failed. */
    private static boolean isWanted(AttemptEnd attempt) {
        return attempt.outcome().status() != attempt.outcome().expected() || attempt.retry() > 0;
    }

    private SpoolEvent store(SpoolEvent event) {
        try {
            JsonNode json = MAPPER.readTree(event.json());
            boolean changed = false;
            for (JsonNode attachment : json.path("attachments")) {
                changed |= attachment.hasNonNull("path") && store((ObjectNode) attachment);
            }
            return changed ? EventJson.read(json.toString()) : event;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The event " + event.seq() + " was read before and must be JSON.", e);
        }
    }

    private boolean store(ObjectNode attachment) {
        Path file = Path.of(attachment.path("path").asText());
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > Math.min(MAX_FILE_BYTES, bytesLeft)) {
                return false;
            }
            long size = Files.size(file);
            String sha256 = MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
            ArtifactSink.Answer answer =
                    sink.store(file, sha256, attachment.path("contentType").asText("application/octet-stream"));
            if (answer == ArtifactSink.Answer.NOT_STORED) {
                return false;
            }
            bytesLeft -= size;
            attachment.put("sha256", sha256).put("size", size);
            return true;
        } catch (IOException e) {
            return false; // removed by the next retry, or unreadable: the event itself is what matters
        }
    }
}
