package io.evenkeel.pipeline.client;

import io.evenkeel.pipeline.client.Transport.Exchange;
import io.evenkeel.pipeline.client.Transport.Payload;
import io.evenkeel.pipeline.client.Transport.Reply.Status;
import io.evenkeel.pipeline.spool.ArtifactSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Sends the files of attempts, each only when the coordinator has not got it. One that is too large for it or cannot be read stays where it is.
 * Thread-safe.
 */
final class ArtifactSender implements ArtifactSink {

    /** Largest file the coordinator takes, in bytes. */
    private static final long LARGEST = 100L << 20;

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Caller caller;

    ArtifactSender(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Answer store(Path file, String sha256, String contentType) {
        if (!isTaken(file)) {
            return Answer.NOT_STORED;
        }
        String path = Routes.artifact(sha256);
        Patience patience = Patience.background(LIMIT);
        boolean stored = caller.call(new Exchange("HEAD", path, new Payload.Nothing()), patience)
                .flatMap(head -> head.code() == 200
                        ? new io.evenkeel.pipeline.client.Answer.Delivered<>(head)
                        : caller.call(new Exchange("PUT", path, new Payload.FileContent(file, contentType)), patience))
                .value()
                .filter(ArtifactSender::isGood)
                .isPresent();
        return stored ? Answer.STORED : Answer.NOT_STORED;
    }

    private static boolean isTaken(Path file) {
        try {
            return Files.size(file) <= LARGEST;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isGood(Status status) {
        return status.code() / 100 == 2;
    }
}
