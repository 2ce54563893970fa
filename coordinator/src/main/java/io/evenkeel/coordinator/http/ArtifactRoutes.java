package io.evenkeel.coordinator.http;

import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.artifact.ArtifactStore;
import io.evenkeel.coordinator.artifact.Artifacts;
import io.evenkeel.coordinator.artifact.SafeType;
import io.evenkeel.coordinator.artifact.Sha256;
import io.evenkeel.coordinator.run.AttemptView.AttachmentView;
import io.evenkeel.coordinator.run.EvidenceReader;
import io.evenkeel.coordinator.run.Run;
import io.evenkeel.coordinator.run.RunReader;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Files of attempts: stored by hash, served so that none of them can ever run on this origin.
 *
 * <p>People open {@code /runs/{runId}/attachments/{id}}, which checks that they may and sends them to an address signed for a
 * quarter of an hour; whoever holds that address may read that one file, also another origin (the trace viewer on a developer's
 * machine).
 */
final class ArtifactRoutes implements RouteSet {

    private static final Duration LONGEST_UPLOAD = Duration.ofMinutes(15);

    private final Artifacts artifacts;
    private final RunReader runs;
    private final EvidenceReader evidence;
    private final Addresses addresses;

    ArtifactRoutes(Artifacts artifacts, RunReader runs, EvidenceReader evidence, Addresses addresses) {
        this.artifacts = artifacts;
        this.runs = runs;
        this.evidence = evidence;
        this.addresses = addresses;
    }

    @Override
    public List<Route> routes() {
        String path = "/api/v1/artifacts/{sha256}";
        return List.of(
                Route.head(path, Access.PROJECT, this::head),
                Route.put(path, Access.PROJECT, ArtifactStore.MOST_BYTES / (1024 * 1024), this::put),
                Route.get(path, Access.SIGNED, this::get),
                Route.get("/runs/{runId}/attachments/{attachmentId}", Access.READ, this::attachment));
    }

    private void head(Context context) {
        Sha256 hash = hash(context);
        context.status(artifacts.has(Caller.of(context).project().id(), hash) ? HttpStatus.OK : HttpStatus.NOT_FOUND);
    }

    private void put(Context context) {
        Sha256 hash = hash(context);
        if (context.req().getContentLengthLong() > ArtifactStore.MOST_BYTES) {
            throw ProblemException.tooLarge("An artifact may have at most " + ArtifactStore.MOST_BYTES / (1024 * 1024)
                    + " MiB. Leave it with the artifacts of the CI job.");
        }
        try (InputStream bytes =
                new LimitedStream(context.req().getInputStream(), ArtifactStore.MOST_BYTES + 1, LONGEST_UPLOAD)) {
            long size = artifacts.put(Caller.of(context).project().id(), hash, bytes);
            context.status(201);
            Answers.json(
                    context,
                    Body.JSON.createObjectNode().put("sha256", hash.hex()).put("size", size));
        } catch (IOException e) {
            throw ProblemException.badRequest("The body ended too early: " + e.getMessage());
        }
    }

    private void get(Context context) {
        Sha256 hash = hash(context);
        Optional<Long> project = Caller.of(context).known().map(known -> known.id());
        ArtifactStore.Stored stored = Optional.of(hash)
                .filter(wanted -> project.isEmpty() || artifacts.has(project.get(), wanted))
                .flatMap(artifacts::open)
                .orElseThrow(() ->
                        ProblemException.notFound("There is no artifact with this hash. It may have been removed."));
        String name = Queries.optional(context, "name");
        context.header("Access-Control-Allow-Origin", "*");
        context.header("Cross-Origin-Resource-Policy", "cross-origin");
        serve(context, stored.bytes(), stored.size(), name.isEmpty() ? hash.hex() : name);
    }

    private void attachment(Context context) {
        Run run = Queries.run(context, runs);
        String id = context.pathParam("attachmentId");
        EvidenceReader.Content content = Optional.of(id)
                .filter(text -> text.matches("\\d{1,18}"))
                .flatMap(text -> evidence.attachment(run.id(), Long.parseLong(text)))
                .filter(found -> found.attachment().stored())
                .orElseThrow(
                        () -> ProblemException.notFound(
                                "This attachment was not uploaded. It is with the artifacts of the CI job, on the executor that made it."));
        AttachmentView attachment = content.attachment();
        String name = fileName(attachment);
        if (attachment.inline()) {
            byte[] body = content.body();
            serve(context, new ByteArrayInputStream(body), body.length, name);
        } else if (artifacts.has(run.owner().projectId(), new Sha256(attachment.sha256()))) {
            context.header("Access-Control-Allow-Origin", "*");
            context.header("Cross-Origin-Resource-Policy", "cross-origin");
            context.header("Cache-Control", "no-store");
            context.redirect(addresses.signed(attachment.sha256(), name), HttpStatus.FOUND);
        } else {
            throw ProblemException.notFound(
                    "This attachment was announced and its file has not arrived. Look at it again when the run has ended.");
        }
    }

    private static void serve(Context context, InputStream bytes, long size, String name) {
        try {
            byte[] head = bytes.readNBytes(SafeType.HEAD);
            SafeType type = SafeType.of(head);
            String disposition = type.inline() ? "inline" : "attachment";
            context.header("Content-Disposition", disposition + "; filename=\"" + SafeType.safeName(name) + "\"");
            context.header("Content-Security-Policy", "sandbox; default-src 'none'");
            context.header("Cache-Control", "private, max-age=900");
            context.contentType(type.mime());
            context.writeSeekableStream(
                    new SequenceInputStream(new ByteArrayInputStream(head), bytes), type.mime(), size);
        } catch (IOException e) {
            throw new UncheckedIOException("An artifact could not be read.", e);
        }
    }

    /** Playwright names attachments "screenshot" or "trace"; the type adds the ending people expect. */
    private static String fileName(AttachmentView attachment) {
        String name = attachment.name();
        if (name.matches(".*\\.[A-Za-z0-9]{1,8}")) {
            return name;
        }
        return name
                + switch (attachment.contentType()) {
                    case "application/zip" -> ".zip";
                    case "image/png" -> ".png";
                    case "image/jpeg" -> ".jpg";
                    case "video/webm" -> ".webm";
                    case "text/markdown" -> ".md";
                    case "text/plain" -> ".txt";
                    case "application/json" -> ".json";
                    default -> "";
                };
    }

    private static Sha256 hash(Context context) {
        return Body.checked(() -> new Sha256(context.pathParam("sha256")));
    }
}
