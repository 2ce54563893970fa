package io.evenkeel.github;

import io.evenkeel.pipeline.client.Pace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * Carries requests to GitHub, waits as GitHub asks and repeats what may be repeated, for a bounded time in all.
 *
 * <p>A refused request (429, or 403 with a limit) was not carried out and is repeated whatever its method, after the time the answer
 * names: {@code Retry-After}, else the end of the used-up quota, else a minute, as GitHub's guide to rate limits asks. A server error or a
 * body that breaks off may hide a request that was carried out; such are repeated unless the method is POST. One thread.
 */
final class PatientConnector implements GitHubConnector {

    /** One broken answer is weather, four are a reason to stop. */
    private static final int MOST_ATTEMPTS = 4;

    private static final Duration SECONDARY_LIMIT = Duration.ofMinutes(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int LARGEST_BODY = 64 << 20;

    private final OkHttpClient client;
    private final Pace pace;
    private Duration patience;

    /**
     * @param patience how long all waits together may take
     */
    PatientConnector(Pace pace, Duration patience) {
        this.client = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(30))
                .callTimeout(Duration.ofSeconds(60))
                // A redirect to another host must not carry the token there.
                .followRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
        this.pace = pace;
        this.patience = patience;
    }

    @Override
    public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
        byte[] body = request.hasBody() ? request.body().readAllBytes() : new byte[0];
        boolean repeatable = !request.method().equals("POST");
        for (int attempt = 1; ; attempt++) {
            Optional<Duration> wait;
            try {
                Answer answer = exchange(request, body);
                wait = waitAfter(answer, attempt, repeatable);
                if (attempt >= MOST_ATTEMPTS || wait.isEmpty() || !pause(wait.get())) {
                    return answer;
                }
            } catch (IOException e) {
                if (!repeatable || attempt >= MOST_ATTEMPTS || !pause(backOff(attempt))) {
                    throw e;
                }
            }
        }
    }

    private Answer exchange(GitHubConnectorRequest request, byte[] body) throws IOException {
        Request.Builder builder = new Request.Builder().url(request.url());
        request.allHeaders().forEach((name, values) -> values.forEach(value -> builder.addHeader(name, value)));
        String type = request.contentType();
        boolean sendsBody = request.hasBody()
                || request.method().equals("POST")
                || request.method().equals("PATCH")
                || request.method().equals("PUT");
        builder.method(
                request.method(),
                sendsBody ? RequestBody.create(body, type == null ? null : MediaType.parse(type)) : null);
        try (Response response = client.newCall(builder.build()).execute()) {
            byte[] content = response.body().byteStream().readNBytes(LARGEST_BODY);
            return new Answer(request, response.code(), response.headers().toMultimap(), content);
        }
    }

    private Optional<Duration> waitAfter(Answer answer, int attempt, boolean repeatable) {
        int code = answer.statusCode();
        if (code == 429 || (code == 403 && answer.isLimit())) {
            return Optional.of(answer.retryAfter(pace.now()).orElse(SECONDARY_LIMIT));
        }
        boolean broken = code >= 500 && code != 501;
        return broken && repeatable ? Optional.of(backOff(attempt)) : Optional.empty();
    }

    private static Duration backOff(int attempt) {
        return FIRST_WAIT.multipliedBy(1L << (attempt - 1));
    }

    /** Waits, unless that is longer than what is left of the patience. */
    private boolean pause(Duration wait) throws IOException {
        if (wait.compareTo(patience) > 0) {
            return false;
        }
        patience = patience.minus(wait);
        try {
            pace.pause(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for GitHub", e);
        }
    }

    /** An answer that was read to its end. */
    private static final class Answer extends GitHubConnectorResponse.ByteArrayResponse {

        private final byte[] content;

        Answer(
                GitHubConnectorRequest request,
                int status,
                Map<String, java.util.List<String>> headers,
                byte[] content) {
            super(request, status, headers);
            this.content = content;
        }

        @Override
        protected InputStream rawBodyStream() {
            return new ByteArrayInputStream(content);
        }

        /** A 403 is a limit when the quota is used up, when it says how long to wait, or when it says so in words. */
        boolean isLimit() {
            return "0".equals(header("x-ratelimit-remaining"))
                    || header("retry-after") != null
                    || new String(content, 0, Math.min(content.length, 4096), java.nio.charset.StandardCharsets.UTF_8)
                            .contains("secondary rate limit");
        }

        Optional<Duration> retryAfter(Instant now) {
            String seconds = header("retry-after");
            if (seconds != null && seconds.matches("\\d{1,6}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(seconds)));
            }
            String reset = header("x-ratelimit-reset");
            if ("0".equals(header("x-ratelimit-remaining")) && reset != null && reset.matches("\\d{1,12}")) {
                Duration left = Duration.between(now, Instant.ofEpochSecond(Long.parseLong(reset) + 1));
                return Optional.of(left.isNegative() ? Duration.ZERO : left);
            }
            return Optional.empty();
        }
    }
}
