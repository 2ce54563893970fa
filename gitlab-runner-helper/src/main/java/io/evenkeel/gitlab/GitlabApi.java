package io.evenkeel.gitlab;

import io.evenkeel.pipeline.client.Pace;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gitlab4j.api.GitLabApi;
import org.gitlab4j.api.GitLabApiException;

/**
 * The project through GitLab's REST API, with one token; waits as GitLab asks, for a bounded time in all. One thread.
 *
 * <p>A refused request (429) was not carried out and is repeated. After a server error or a broken answer nobody knows, so only what may
 * be done twice is repeated; the caller says what that is.
 */
final class GitlabApi {

    /** One broken answer is weather, four are a reason to stop. */
    private static final int MOST_ATTEMPTS = 4;

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final GitLabApi api;
    private final Secret token;
    private final String project;
    private final Pace pace;
    private Duration patience;

    GitlabApi(GitlabEnvironment.Place place, Secret token, Pace pace, Duration patience) {
        this.api = new GitLabApi(place.server(), token.reveal()).withRequestTimeout(10_000, 30_000);
        this.token = token;
        this.project = place.project();
        this.pace = pace;
        this.patience = patience;
    }

    /** A request to the project. */
    @FunctionalInterface
    interface Request<T> {
        T send(GitLabApi api, String project) throws GitLabApiException;
    }

    /** Sends what may be sent twice. */
    <T> T ask(Request<T> request) throws GitlabRefusal {
        return send(request, true);
    }

    /** Sends what must not be carried out twice. */
    <T> T tell(Request<T> request) throws GitlabRefusal {
        return send(request, false);
    }

    private <T> T send(Request<T> request, boolean repeatable) throws GitlabRefusal {
        for (int attempt = 1; ; attempt++) {
            GitlabRefusal refusal;
            Optional<Duration> wait;
            try {
                return request.send(api, project);
            } catch (GitLabApiException e) {
                refusal = GitlabRefusal.of(e, token);
                wait = waitAfter(e, attempt, repeatable);
            } catch (RuntimeException e) {
                // Jersey throws its own kinds for answers that break off or are no JSON.
                refusal = GitlabRefusal.of(e, token);
                wait = repeatable ? Optional.of(backOff(attempt)) : Optional.empty();
            }
            if (attempt >= MOST_ATTEMPTS || wait.isEmpty() || !pause(wait.get())) {
                throw refusal;
            }
        }
    }

    private Optional<Duration> waitAfter(GitLabApiException e, int attempt, boolean repeatable) {
        int code = e.getHttpStatus();
        if (code == 429) {
            return Optional.of(retryAfter(e).orElse(LIMIT));
        }
        boolean broken = code == 0 || code == 200 || (code >= 500 && code != 501);
        return broken && repeatable ? Optional.of(backOff(attempt)) : Optional.empty();
    }

    private Optional<Duration> retryAfter(GitLabApiException e) {
        if (e.getHeaders() == null) {
            return Optional.empty();
        }
        Optional<Duration> named = number(e, "Retry-After").map(Duration::ofSeconds);
        return named.isPresent()
                ? named
                : number(e, "RateLimit-Reset")
                        .map(at -> Duration.between(pace.now(), Instant.ofEpochSecond(at)))
                        .map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    private static Optional<Long> number(GitLabApiException e, String header) {
        return e.getHeaders().getOrDefault(header, List.of()).stream()
                .filter(value -> value.matches("\\d{1,12}"))
                .map(Long::parseLong)
                .findFirst();
    }

    private static Duration backOff(int attempt) {
        return Duration.ofSeconds(1L << (attempt - 1));
    }

    private boolean pause(Duration wait) throws GitlabRefusal {
        if (wait.compareTo(patience) > 0) {
            return false;
        }
        patience = patience.minus(wait);
        try {
            pace.pause(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GitlabRefusal.of(e, token);
        }
    }

    /** GitLab did not do what was asked; the message says why and what to do, and holds no token. */
    static final class GitlabRefusal extends IOException {

        private static final long serialVersionUID = 1L;

        private final int code;

        private GitlabRefusal(int code, String message, Exception cause) {
            super(message, cause);
            this.code = code;
        }

        static GitlabRefusal of(Exception e, Secret token) {
            int code = e instanceof GitLabApiException api ? api.getHttpStatus() : 0;
            String said = token.maskIn(String.valueOf(e.getMessage())).replaceAll("\\s+", " ");
            String cut = said.length() <= 300 ? said : said.substring(0, 300) + "…";
            return new GitlabRefusal(code, line(code, cut), e);
        }

        /** Returns the status code of the answer, 0 when there was none. */
        int code() {
            return code;
        }

        /** Returns whether the token lacks a right; GitLab answers 404 where it will not even say that something is there. */
        boolean isLackOfRights() {
            return code == 403 || code == 404;
        }

        boolean isPassing() {
            return code == 0 || code == 200 || code >= 500;
        }

        private static String line(int code, String said) {
            return switch (code) {
                case 0, 200 -> "GitLab does not answer as it should (" + said + "). Run the report job again.";
                case 400 -> "GitLab does not accept it (400): " + said;
                case 401 ->
                    "GitLab does not accept the token (401). Maybe it expired, or is a job token: EVENKEEL_GITLAB_TOKEN"
                            + " must be a project or group access token with the scope api.";
                case 403 ->
                    "the token may not do this (403): " + said
                            + ". It needs the scope api and the role Developer or higher.";
                case 404 ->
                    "GitLab shows this token no such thing (404). It needs the scope api, and its project must be this one.";
                case 409 -> "something else changed at the same moment (409). Run the report job again.";
                case 429 -> "GitLab asks for fewer requests (429). Run the report job again later.";
                default ->
                    code >= 500
                            ? "GitLab is in trouble (" + code + "). Run the report job again."
                            : "GitLab answered " + code + ": " + said;
            };
        }
    }
}
