package io.evenkeel.coordinator.http;

import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.access.Reading;
import io.evenkeel.coordinator.access.Secret;
import io.evenkeel.coordinator.access.UrlSigner;
import io.evenkeel.coordinator.artifact.Artifacts;
import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.healing.Proposals;
import io.evenkeel.coordinator.history.FailureLabels;
import io.evenkeel.coordinator.history.FlakyTests;
import io.evenkeel.coordinator.history.SuiteAdvice;
import io.evenkeel.coordinator.history.SuiteTimings;
import io.evenkeel.coordinator.history.TestHistoryReader;
import io.evenkeel.coordinator.live.ChangeHub;
import io.evenkeel.coordinator.page.Assets;
import io.evenkeel.coordinator.page.Pages;
import io.evenkeel.coordinator.page.RunPage;
import io.evenkeel.coordinator.plan.Orchestrator;
import io.evenkeel.coordinator.policy.ProjectPolicies;
import io.evenkeel.coordinator.quarantine.Quarantines;
import io.evenkeel.coordinator.queue.RunQueues;
import io.evenkeel.coordinator.run.EvidenceReader;
import io.evenkeel.coordinator.run.Ingest;
import io.evenkeel.coordinator.run.RunReader;
import io.evenkeel.coordinator.run.RunRegistry;
import io.evenkeel.pipeline.queue.Terms;
import io.javalin.router.Endpoint;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything between the socket and the features, wired by hand. Thread-safe. */
public final class HttpFace implements AutoCloseable {

    private final ChangeHub hub = new ChangeHub();
    private final Metrics metrics = new Metrics();
    private final List<Route> routes;
    private final HttpServer server;

    /** What the routes work on. */
    public record Parts(
            Database database, Projects projects, Artifacts artifacts, UrlSigner signer, InstantSource clock) {}

    /**
     * What the keeper wants.
     *
     * @param publicUrl where people reach the coordinator; empty for what requests say
     */
    public record Wishes(HttpServer.Listen listen, Reading reading, Secret adminToken, Optional<URI> publicUrl) {}

    private HttpFace(Parts parts, Wishes wishes) {
        Database database = parts.database();
        Addresses addresses = new Addresses(wishes.publicUrl(), parts.signer(), parts.clock());
        Ingest ingest = new Ingest(database, hub::changed);
        RunRegistry registry = new RunRegistry(database, parts.clock(), hub::changed);
        Orchestrator orchestrator = new Orchestrator(database, parts.clock());
        RunReader runs = new RunReader(database);
        EvidenceReader evidence = new EvidenceReader(database);
        TestHistoryReader tests = new TestHistoryReader(database);
        FailureLabels labels = new FailureLabels(database);
        Quarantines quarantines = new Quarantines(database, parts.clock());
        SuiteAdvice advice = new SuiteAdvice(database);
        ProjectPolicies policies = new ProjectPolicies(database);
        RunPage runPage = new RunPage(new RunPage.Histories(tests, labels), runs, evidence, orchestrator);
        Proposals proposals = new Proposals(database, parts.clock());
        Assets assets = new Assets();
        Pages pages = new Pages(assets);
        metrics.writer(database.writer());
        metrics.ingest(ingest);
        metrics.live(hub);
        this.routes = Stream.<RouteSet>of(
                        new RunRoutes(
                                parts.projects(),
                                new RunRoutes.Runs(registry, ingest, runs, labels),
                                orchestrator,
                                addresses),
                        new ReadRoutes(
                                parts.projects(),
                                runs,
                                evidence,
                                new ReadRoutes.Histories(new SuiteTimings(database), tests, labels),
                                addresses),
                        new ArtifactRoutes(parts.artifacts(), runs, evidence, addresses),
                        new QueueRoutes(
                                new RunQueues(database, Terms.STANDARD, parts.clock(), hub::changed),
                                runs,
                                orchestrator),
                        new QuarantineRoutes(
                                parts.projects(),
                                new QuarantineRoutes.Suites(quarantines, policies, advice),
                                parts.clock()),
                        new FlakyRoutes(
                                parts.projects(),
                                new FlakyRoutes.Suites(quarantines, policies, new FlakyTests(database)),
                                parts.clock()),
                        new PolicyRoutes(parts.projects(), policies),
                        new AdviceRoutes(
                                parts.projects(), new AdviceRoutes.Suites(quarantines, advice), pages, parts.clock()),
                        new HealingRoutes(parts.projects(), proposals),
                        new HealingPageRoutes(parts.projects(), proposals, pages, parts.clock()),
                        new ProgressRoutes(hub, runs),
                        new PageRoutes(
                                parts.projects(),
                                runs,
                                runPage,
                                new PageRoutes.Rendering(pages, assets, addresses),
                                parts.clock()),
                        new OperationRoutes(database, metrics))
                .flatMap(set -> set.routes().stream())
                .toList();
        Gatekeeper gate = new Gatekeeper(
                new Gatekeeper.Rules(wishes.reading(), wishes.adminToken()),
                parts.projects(),
                parts.signer(),
                parts.clock());
        Problems problems = new Problems(pages::problem);
        this.server = HttpServer.start(wishes.listen(), routes, gate, problems, metrics);
    }

    /**
     * Starts to serve.
     *
     * @throws io.javalin.util.JavalinBindException when the port is taken
     */
    public static HttpFace start(Parts parts, Wishes wishes) {
        return new HttpFace(parts, wishes);
    }

    /** Returns the port it listens on. */
    public int port() {
        return server.port();
    }

    /** Returns the routes as they were declared. */
    public List<Route> routes() {
        return routes;
    }

    /** Returns the endpoints the server really has. */
    public List<Endpoint> endpoints() {
        return server.endpoints();
    }

    @Override
    public void close() {
        hub.close();
        server.close();
        metrics.close();
    }
}
