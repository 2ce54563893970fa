package io.evenkeel.coordinator.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One attempt with its evidence.
 *
 * <p>Immutable.
 *
 * @param id key in this coordinator
 * @param retry from 0
 * @param status Playwright's word
 * @param place when and where it ran
 * @param evidence errors and attachments
 */
public record AttemptView(long id, int retry, String status, Place place, Evidence evidence) {

    /** When an attempt ran and how long, on which executor and lane. */
    public record Place(Instant startedAt, Duration duration, long spoolId, int parallel) {}

    /** Errors and attachments, in the order they were reported. */
    public record Evidence(List<Failure> failures, List<AttachmentView> attachments) {

        public Evidence {
            failures = List.copyOf(failures);
            attachments = List.copyOf(attachments);
        }
    }

    /**
     * An error; texts may be empty.
     *
     * @param cause key that failures of the same cause share
     */
    public record Failure(
            String message, String stack, String snippet, String file, int line, String category, String cause) {}

    /**
     * An attachment.
     *
     * @param sha256 hash of the stored file, empty when only the executor has it or the content is in the database
     * @param inline whether the content is in the database
     */
    public record AttachmentView(long id, String name, String contentType, String sha256, long size, boolean inline) {

        /** Returns whether somebody can download it here. */
        public boolean stored() {
            return inline || !sha256.isEmpty();
        }
    }
}
