package io.evenkeel.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.client.Pace;
import io.evenkeel.pipeline.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.HttpException;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/** The repository through GitHub's REST API, with one token. One thread. */
final class GithubApi {

    private static final String API_VERSION = "2022-11-28";

    private final GithubEnvironment.Place place;
    private final Secret token;
    private final PatientConnector connector;
    private @Nullable GHRepository repository;

    GithubApi(GithubEnvironment.Place place, Secret token, Pace pace, Duration patience) {
        this.place = place;
        this.token = token;
        this.connector = new PatientConnector(pace, patience);
    }

    /** Returns the repository; asked for once. */
    GHRepository repository() throws IOException {
        GHRepository known = repository;
        if (known == null) {
            // The login is only there to keep the client from asking who the token is; an installation token may not
            // ask.
            GitHub github = new GitHubBuilder()
                    .withEndpoint(place.api().toString())
                    .withOAuthToken(token.reveal(), "evenkeel")
                    .withConnector(connector)
                    .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                    .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                    .build();
            known = github.getRepository(place.repository());
            repository = known;
        }
        return known;
    }

    /** Returns the login name of the user a token belongs to. */
    String login() throws IOException {
        return call("GET", "/user", "").path("login").asText();
    }

    /**
     * Makes a request the client has no method for, or makes at an address that GitHub no longer documents.
     *
     * @param path begins with a slash; what is variable is encoded already
     * @param body JSON, empty for none
     */
    JsonNode call(String method, String path, String body) throws IOException {
        try (GitHubConnectorResponse response = connector.send(new Call(method, url(path), body))) {
            if (response.statusCode() >= 300) {
                throw new HttpException(response);
            }
            return new ObjectMapper().readTree(response.bodyStream());
        }
    }

    private URL url(String path) throws IOException {
        return URI.create(place.api() + path).toURL();
    }

    /** A request of our own. */
    private final class Call implements GitHubConnectorRequest {

        private final String method;
        private final URL url;
        private final byte[] body;
        private final Map<String, List<String>> headers;

        Call(String method, URL url, String body) {
            this.method = method;
            this.url = url;
            this.body = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            this.headers = Map.of(
                    "Authorization", List.of("Bearer " + token.reveal()),
                    "Accept", List.of("application/vnd.github+json"),
                    "X-GitHub-Api-Version", List.of(API_VERSION));
        }

        @Override
        public String method() {
            return method;
        }

        @Override
        public Map<String, List<String>> allHeaders() {
            return headers;
        }

        @Override
        public @Nullable String header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
        }

        @Override
        public @Nullable String contentType() {
            return body.length == 0 ? null : "application/json";
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public URL url() {
            return url;
        }

        @Override
        public boolean hasBody() {
            return body.length > 0;
        }
    }
}
