package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Reading;
import io.evenkeel.coordinator.access.Secret;
import io.evenkeel.coordinator.http.Route;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class AccessTest {

    private static final byte[] HTML = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private Coordinator coordinator;
    private Ci shop;
    private Ci other;
    private Ci nobody;

    void start(Reading reading) {
        coordinator = Coordinator.start(new Settings(
                "127.0.0.1", 0, folder, reading, new Settings.Outside(Optional.empty(), Optional.empty())));
        shop = Ci.of(coordinator, coordinator.projects().add("shop", "Shop").token());
        other = Ci.of(coordinator, coordinator.projects().add("other", "Other").token());
        nobody = new Ci(coordinator.url(), "");
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    @Nested
    class GivenAllRoutes {

        @BeforeEach
        void begin() {
            start(Reading.EVERYBODY);
        }

        @Test
        void whenTheyAreEnumerated_thenEachDeclaresExactlyOneAccess() {
            List<Endpoint> endpoints = coordinator.face().endpoints().stream()
                    .filter(endpoint -> HandlerType.commonHttp().contains(endpoint.method))
                    .toList();

            assertThat(endpoints.stream().filter(endpoint -> endpoint.method != HandlerType.HEAD))
                    .hasSize((int) coordinator.face().routes().stream()
                            .filter(route -> route.method() != HandlerType.HEAD)
                            .count())
                    .hasSizeGreaterThan(20);
            for (Endpoint endpoint : endpoints) {
                Roles roles = endpoint.metadata(Roles.class);
                assertThat(roles).as(endpoint.path).isNotNull();
                assertThat(roles.getRoles()).as(endpoint.path).hasSize(1).allMatch(Access.class::isInstance);
            }
        }

        @Test
        void whenOnlyTheHeadersAreAskedFor_thenTheAnswerIsThatOfAGetWithoutItsBody() {
            for (String path : List.of("/healthz", "/readyz", "/", "/api/v1/runs", "/api/v1/runs/77", "/nowhere")) {
                Ci.Answer head = shop.send("HEAD", path, "");

                assertThat(head.status()).as(path).isEqualTo(shop.get(path).status());
                assertThat(head.body()).as(path).isEmpty();
            }
        }

        @Test
        void whenTheyChangeSomething_thenNoneIsOpenToReaders() {
            Set<Access> writing = coordinator.face().routes().stream()
                    .filter(route -> route.method().equals(HandlerType.POST)
                            || route.method().equals(HandlerType.PUT))
                    .map(Route::access)
                    .collect(Collectors.toSet());

            assertThat(writing).containsExactlyInAnyOrder(Access.PROJECT, Access.ADMIN);
        }

        @Test
        void whenTheReferenceIsRead_thenItNamesExactlyTheseRoutes() throws IOException {
            Path reference = Path.of("..", "docs", "reference", "openapi.json");
            JsonNode paths = Ci.JSON.readTree(Files.readString(reference)).path("paths");
            Set<String> written = new TreeSet<>();
            paths.properties()
                    .forEach(path -> path.getValue()
                            .properties()
                            .forEach(operation -> written.add(operation.getKey() + " " + path.getKey() + " "
                                    + operation.getValue().path("x-access").asText())));
            Set<String> registered = new TreeSet<>();
            for (Route route : coordinator.face().routes()) {
                registered.add(route.method().toString().toLowerCase(Locale.ROOT) + " " + route.path() + " "
                        + route.access().word());
            }

            assertThat(written).isEqualTo(registered);
        }

        @Test
        void whenTheHumanReferenceIsRead_thenItNamesEveryRouteOfTheApi() throws IOException {
            String reference = Files.readString(Path.of("..", "docs", "reference", "http-api.md"));

            assertThat(coordinator.face().routes().stream().map(Route::path).distinct())
                    .allSatisfy(path -> assertThat(reference).contains(path));
        }

        @Test
        void whenTheyAnswer_thenTheHeadersAreStrict() {
            for (String path : List.of("/", "/api/v1/runs", "/nothing", "/healthz")) {
                Ci.Answer answer = nobody.get(path);
                assertThat(answer.header("Content-Security-Policy"))
                        .contains("default-src 'none'")
                        .contains("frame-ancestors 'none'")
                        .doesNotContain("unsafe");
                assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(answer.header("Server")).isEmpty();
            }
        }
    }

    @Nested
    class GivenTokens {

        @BeforeEach
        void begin() {
            start(Reading.EVERYBODY);
        }

        @Test
        void whenNoneIsSent_thenWritingIsRefusedWithAdvice() {
            Ci.Answer answer = nobody.open("b", "");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().path("detail").asText()).contains("Authorization: Bearer");
        }

        @Test
        void whenItIsMistyped_thenTheAnswerSaysSo() {
            assertThat(new Ci(coordinator.url(), "evk_abcdefghijkl")
                            .open("b", "")
                            .body())
                    .contains("mistyped");
            assertThat(new Ci(coordinator.url(), "evk_abcdefghijkl")
                            .get("/api/v1/runs")
                            .status())
                    .isEqualTo(401);
        }

        @Test
        void whenTheDatabaseIsSearched_thenItHoldsNoToken() throws IOException {
            Secret token = coordinator.projects().add("third", "Third").token();
            coordinator.close();

            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertThat(content).doesNotContain(token.reveal());
                }
            }
        }

        @Test
        void whenAProjectIsAddedOverHttp_thenOnlyTheAdministratorMay() {
            Ci admin = Ci.of(coordinator, coordinator.adminToken());

            Ci.Answer refused = shop.send("POST", "/api/v1/projects", "{\"slug\":\"new\"}");
            Ci.Answer created = admin.send("POST", "/api/v1/projects", "{\"slug\":\"new\"}");
            Ci.Answer again = admin.send("POST", "/api/v1/projects", "{\"slug\":\"new\"}");
            Ci.Answer wrong = admin.send("POST", "/api/v1/projects", "{\"slug\":\"No Slug\"}");

            assertThat(refused.status()).isEqualTo(401);
            assertThat(created.status()).isEqualTo(201);
            assertThat(new Ci(coordinator.url(), created.json().path("token").asText())
                            .open("b", "")
                            .status())
                    .isEqualTo(200);
            assertThat(again.status()).isEqualTo(409);
            assertThat(wrong.status()).isEqualTo(400);
        }

        @Test
        void whenTwoProjectsUseOneRunKey_thenTheyGetRunsOfTheirOwn() {
            assertThat(shop.opened("b/1", "")).isNotEqualTo(other.opened("b/1", ""));
        }
    }

    @Nested
    class GivenAPrivateCoordinator {

        private long run;

        @BeforeEach
        void begin() {
            start(Reading.TOKEN_HOLDERS);
            run = shop.opened("b", "\"branch\":\"main\"");
        }

        @Test
        void whenNobodyAsks_thenOnlyTheOpenRoutesAnswer() {
            for (Route route : coordinator.face().routes()) {
                String path = route.path().replaceAll("\\{[^}]*}", "1");
                int status = nobody.send(
                                nobody.request(path).method(route.method().toString(), BodyPublishers.noBody()))
                        .status();
                if (route.access() == Access.OPEN) {
                    assertThat(status).as(route.path()).isNotEqualTo(401);
                } else {
                    assertThat(status).as(route.path()).isEqualTo(401);
                }
            }
        }

        @Test
        void whenAnotherProjectAsks_thenTheRunIsNotThere() {
            for (String path : List.of(
                    "/runs/" + run,
                    "/runs/" + run + "/trouble",
                    "/api/v1/runs/" + run,
                    "/api/v1/runs/" + run + "/artifacts",
                    "/api/v1/runs/" + run + "/failed-tests",
                    "/api/v1/healing?runId=" + run,
                    "/api/v1/orchestrate/" + run + "/progress")) {
                assertThat(other.get(path).status()).as(path).isEqualTo(404);
                if (!path.endsWith("progress")) {
                    assertThat(shop.get(path).status()).as(path).isEqualTo(200);
                }
            }
            assertThat(other.get("/api/v1/runs").json().path("runs")).isEmpty();
            assertThat(other.get("/api/v1/runs?project=shop").status()).isEqualTo(404);
        }

        @Test
        void whenABrowserSendsTheTokenAsPassword_thenItMayReadAndNotWrite() {
            Secret token = coordinator.projects().addToken("shop").orElseThrow();
            String basic = "Basic "
                    + Base64.getEncoder().encodeToString(("me:" + token.reveal()).getBytes(StandardCharsets.UTF_8));

            HttpRequest.Builder read = nobody.request("/runs/" + run).header("Authorization", basic);
            HttpRequest.Builder write = nobody.request("/api/v1/runs/b")
                    .header("Authorization", basic)
                    .PUT(BodyPublishers.ofString("{\"suite\":\"x\"}"));

            assertThat(nobody.get("/").header("WWW-Authenticate")).startsWith("Basic");
            assertThat(nobody.send("HEAD", "/", "").status()).isEqualTo(401);
            assertThat(nobody.send(read).status()).isEqualTo(200);
            assertThat(nobody.send(write).status()).isEqualTo(401);
        }
    }

    @Nested
    class GivenAnArtifact {

        private String hash;
        private String address;

        @BeforeEach
        void begin() {
            start(Reading.EVERYBODY);
            hash = shop.store(HTML);
            long run = shop.opened("b", "");
            SpoolScript.Test test = SpoolScript.Test.of("a.spec.ts", "a");
            SpoolScript script = new SpoolScript(1_790_000_000_000L).begin(1).announce(test, 1);
            shop.events(
                    "b",
                    "s",
                    script.fail(test, 0, "Error", "", "page", "text/html", hash).lines());
            String attachment = nobody.get("/api/v1/runs/" + run + "/artifacts")
                    .json()
                    .path("artifacts")
                    .get(0)
                    .path("url")
                    .asText();
            Ci.Answer redirect = nobody.get(attachment);
            assertThat(redirect.status()).isEqualTo(302);
            address = redirect.header("Location");
        }

        @Test
        void whenItsSignedAddressIsOpened_thenItIsADownloadThatCannotRun() {
            Ci.Answer answer = nobody.get(address);

            assertThat(answer.body().getBytes(StandardCharsets.UTF_8)).isEqualTo(HTML);
            assertThat(answer.header("Content-Type")).startsWith("application/octet-stream");
            assertThat(answer.header("Content-Disposition")).startsWith("attachment");
            assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }

        @Test
        void whenTheAddressIsChanged_thenItIsRefused() {
            String elsewhere = address.replace(hash, shop.store("other".getBytes(StandardCharsets.UTF_8)));

            assertThat(nobody.get(elsewhere).status()).isEqualTo(401);
            assertThat(nobody.get(address.replace("expires=", "expires=9")).status())
                    .isEqualTo(401);
            assertThat(nobody.get("/api/v1/artifacts/" + hash).status()).isEqualTo(401);
        }

        @Test
        void whenAnotherProjectAsksByHash_thenItIsNotThere() {
            assertThat(shop.get("/api/v1/artifacts/" + hash).status()).isEqualTo(200);
            assertThat(other.get("/api/v1/artifacts/" + hash).status()).isEqualTo(404);
            assertThat(other.send("HEAD", "/api/v1/artifacts/" + hash, "").status())
                    .isEqualTo(404);
            assertThat(shop.send("HEAD", "/api/v1/artifacts/" + hash, "").status())
                    .isEqualTo(200);
        }

        @Test
        void whenTheContentHasAnotherHash_thenItIsRefused() {
            Ci.Answer answer = shop.send("PUT", "/api/v1/artifacts/" + hash, "something else");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(nobody.get(address).status()).isEqualTo(200);
        }
    }
}
