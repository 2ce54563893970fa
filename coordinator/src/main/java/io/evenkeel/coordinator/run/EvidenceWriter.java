package io.evenkeel.coordinator.run;

import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.flaky.signature.FailureSignature;
import io.evenkeel.pipeline.protocol.RunEvent.Attachment;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.Output;
import io.evenkeel.pipeline.protocol.RunEvent.SourceLocation;
import java.util.Base64;
import java.util.Optional;

/**
 * Writes what attempts left behind: errors, attachments, output; each text bounded.
 *
 * <p>One thread.
 */
final class EvidenceWriter {

    static final int MOST_TEXT = 64 * 1024;
    static final int MOST_NAME = 300;
    static final int MOST_ERRORS = 20;
    static final int MOST_ATTACHMENTS = 100;

    /** Output kept of one executor; a suite that prints more is cut, not refused. */
    static final long MOST_OUTPUT = 4L * 1024 * 1024;

    private static final String CUT = "\n[cut]";
    private static final String SHA256 = "[0-9a-f]{64}";

    private final Transaction tx;
    private final RunRow run;
    private final SpoolRow spool;

    EvidenceWriter(Transaction tx, RunRow run, SpoolRow spool) {
        this.tx = tx;
        this.run = run;
        this.spool = spool;
    }

    /** Writes the evidence and returns the cause of the first error, empty when there is none. */
    Optional<FailureSignature> attempt(long attemptId, AttemptEvidence evidence) {
        Optional<FailureSignature> first = Optional.empty();
        int ord = 0;
        for (ErrorInfo error : evidence.errors()) {
            if (ord == MOST_ERRORS) {
                break;
            }
            FailureSignature signature =
                    FailureSignature.of(error.message(), error.stack().orElse(""));
            first = first.or(() -> Optional.of(signature));
            failure(attemptId, ord++, error, signature);
        }
        evidence.attachments().stream()
                .limit(MOST_ATTACHMENTS)
                .forEach(attachment -> attachment(attemptId, attachment));
        return first;
    }

    void outside(ErrorInfo error) {
        tx.update(
                "insert into run_error (run_id, spool_id, message, stack, snippet, file, line) values (?, ?, ?, ?, ?, ?, ?)",
                run.id,
                spool.id,
                text(error.message()),
                text(error.stack().orElse("")),
                text(error.snippet().orElse("")),
                name(error.location().map(SourceLocation::file).orElse("")),
                error.location().map(SourceLocation::line).orElse(0));
        run.errors++;
    }

    void output(long testId, Output output) {
        String text = text(output.text());
        if (spool.outputBytes >= MOST_OUTPUT) {
            return;
        }
        spool.outputBytes += text.length();
        if (spool.outputBytes >= MOST_OUTPUT) {
            text += "\n[more was printed on this executor than is kept]";
        }
        tx.later(
                "insert into output (run_id, test_id, spool_id, stream, text) values (?, ?, ?, ?, ?)",
                run.id,
                testId,
                spool.id,
                output.stream().equals("stderr") ? "stderr" : "stdout",
                text);
    }

    private void failure(long attemptId, int ord, ErrorInfo error, FailureSignature signature) {
        tx.later(
                """
                insert into failure (attempt_id, ord, message, stack, snippet, file, line, category, cause, headline)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                attemptId,
                ord,
                text(error.message()),
                text(error.stack().orElse("")),
                text(error.snippet().orElse("")),
                name(error.location().map(SourceLocation::file).orElse("")),
                error.location().map(SourceLocation::line).orElse(0),
                signature.category().word(),
                signature.causeKey(),
                signature.headline());
    }

    private void attachment(long attemptId, Attachment attachment) {
        byte[] body = attachment.body().map(EvidenceWriter::decoded).orElse(new byte[0]);
        String sha256 = attachment
                .stored()
                .sha256()
                .filter(hash -> hash.matches(SHA256))
                .orElse("");
        tx.later(
                "insert into attachment (run_id, attempt_id, name, content_type, sha256, size, body) values (?, ?, ?, ?, ?, ?, ?)",
                run.id,
                attemptId,
                name(attachment.name()),
                name(attachment.contentType()),
                sha256,
                sha256.isEmpty() ? body.length : attachment.stored().size(),
                body);
    }

    private static byte[] decoded(String base64) {
        if (base64.length() > MOST_TEXT * 3 / 2) {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Not base64: the attachment is listed without its content.
            return new byte[0];
        }
    }

    static String text(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + CUT;
    }

    static String name(String text) {
        return text.length() <= MOST_NAME ? text : text.substring(0, MOST_NAME);
    }
}
