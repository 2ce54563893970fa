package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.artifact.ArtifactStore;
import io.evenkeel.coordinator.database.DatabaseException;
import io.evenkeel.coordinator.database.OverloadedException;
import io.evenkeel.coordinator.run.RunRegistry;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;

/** Turns what went wrong into a problem document (RFC 9457), or into a page where a person asked for one. */
final class Problems {

    private static final Logger LOG = System.getLogger(Problems.class.getName());

    private final ProblemPage page;

    /** Renders a problem for people. */
    interface ProblemPage {
        /** Returns the HTML of the page. */
        String render(int status, String title, String detail);
    }

    Problems(ProblemPage page) {
        this.page = page;
    }

    void register(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, context) -> answer(context, e));
        routes.exception(
                OverloadedException.class,
                (e, context) -> answer(context, ProblemException.later(text(e), e.retryAfter())));
        routes.exception(DatabaseException.class, (e, context) -> {
            LOG.log(Level.ERROR, "write failed path=" + context.path() + ": " + e.getMessage());
            answer(context, ProblemException.later(text(e), Duration.ofSeconds(5)));
        });
        routes.exception(ArtifactStore.StorageException.class, (e, context) -> {
            LOG.log(Level.ERROR, "artifact failed path=" + context.path() + ": " + e.getMessage());
            answer(context, ProblemException.later(text(e), Duration.ofSeconds(30)));
        });
        routes.exception(
                ArtifactStore.WrongContentException.class,
                (e, context) -> answer(context, ProblemException.of(400, "Wrong content", text(e))));
        routes.exception(
                ArtifactStore.TooLargeException.class,
                (e, context) -> answer(context, ProblemException.tooLarge(text(e))));
        routes.exception(
                Projects.SlugTakenException.class,
                (e, context) -> answer(context, ProblemException.of(409, "Conflict", text(e))));
        routes.exception(
                RunRegistry.OtherSuiteException.class,
                (e, context) -> answer(context, ProblemException.of(409, "Conflict", text(e))));
        routes.exception(HttpResponseException.class, (e, context) -> answer(context, framework(e, context)));
        routes.exception(Exception.class, this::unexpected);
    }

    private void unexpected(Exception e, Context context) {
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.log(Level.ERROR, "request failed reference=" + reference + " path=" + context.path(), e);
        answer(
                context,
                ProblemException.of(
                        500,
                        "Internal error",
                        "The coordinator failed. Look for reference=" + reference
                                + " in its log and report what it says."));
    }

    private static ProblemException framework(HttpResponseException e, Context context) {
        String detail = switch (e.getStatus()) {
            case 404 -> "There is nothing at " + context.path() + ". The routes are in docs/reference/http-api.md.";
            case 405 ->
                "This address does not take " + context.method() + ". The routes are in docs/reference/http-api.md.";
            default -> text(e);
        };
        return ProblemException.of(e.getStatus(), e.getStatus() == 404 ? "Not found" : "Refused", detail);
    }

    private void answer(Context context, ProblemException problem) {
        context.status(problem.status());
        context.header("Cache-Control", "no-store");
        if (!problem.retryAfter().isZero()) {
            context.header("Retry-After", String.valueOf(problem.retryAfter().toSeconds()));
        }
        if (!context.path().startsWith("/api/")
                && String.valueOf(context.header("Accept")).contains("text/html")) {
            context.html(page.render(problem.status(), problem.title(), text(problem)));
            return;
        }
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("type", "about:blank");
        json.put("title", problem.title());
        json.put("status", problem.status());
        json.put("detail", text(problem));
        problem.extra().forEach((name, value) -> json.set(name, Body.JSON.valueToTree(value)));
        context.contentType("application/problem+json").result(json.toString());
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
