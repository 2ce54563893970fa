package io.evenkeel.coordinator.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The running server. Thread-safe. */
public final class HttpServer implements AutoCloseable {

    private static final String STARTED = "evenkeel.started";
    private static final int MOST_THREADS = 200;

    private static final Duration IDLE = Duration.ofSeconds(60);

    /**
     * How long a stop waits for a connection on which nothing comes. Every client keeps one open for its next request, so a stop
     * always takes this long; who is cut off in the middle sends again.
     */
    private static final Duration SILENCE_AT_THE_END = Duration.ofMillis(100);

    private final Javalin javalin;

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /** Where to listen. */
    public record Listen(String host, int port) {}

    /**
     * Serves the routes.
     *
     * @param listen port 0 for any free one
     * @throws io.javalin.util.JavalinBindException when the port is taken
     */
    static HttpServer start(Listen listen, List<Route> routes, Gatekeeper gate, Problems problems, Metrics metrics) {
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            jetty(config);
            config.http.prefer405over404 = true;
            config.http.generateEtags = false;
            config.routes.before(HttpServer::begin);
            config.routes.beforeMatched(gate::check);
            config.routes.after(context -> end(context, metrics));
            problems.register(config.routes);
            for (Route route : routes) {
                config.routes.addHttpHandler(route.method(), route.path(), route.handler(), route.access());
            }
            for (Route route : questions(routes)) {
                config.routes.addHttpHandler(HandlerType.HEAD, route.path(), route.handler(), route.access());
            }
        });
        javalin.start(listen.host(), listen.port());
        for (Connector connector : javalin.jettyServer().server().getConnectors()) {
            if (connector instanceof AbstractConnector idle) {
                idle.setShutdownIdleTimeout(SILENCE_AT_THE_END.toMillis());
            }
        }
        return new HttpServer(javalin);
    }

    /** What a HEAD is answered for as a GET is, without the body: monitors and download programs ask so. */
    private static List<Route> questions(List<Route> routes) {
        Set<String> own = routes.stream()
                .filter(route -> route.method() == HandlerType.HEAD)
                .map(Route::path)
                .collect(Collectors.toSet());
        return routes.stream()
                .filter(route -> route.method() == HandlerType.GET && !own.contains(route.path()))
                .toList();
    }

    /** Returns the port. */
    public int port() {
        return javalin.port();
    }

    /** Returns the endpoints that are really registered, for the test that compares them with what is declared. */
    List<Endpoint> endpoints() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .toList();
    }

    /** Answers what it has begun to answer and stops. */
    @Override
    public void close() {
        javalin.stop();
    }

    private static void jetty(JavalinConfig config) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 8, (int) IDLE.toMillis());
        threads.setName("evenkeel-http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(HttpServer::protocol);
        // Run keys are CI's own words and may hold an encoded slash.
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        config.jetty.modifyServer(server -> server.setStopTimeout(5_000));
    }

    private static void protocol(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setUriCompliance(UriCompliance.from(EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS)));
    }

    private static void begin(Context context) {
        context.attribute(STARTED, System.nanoTime());
        SecurityHeaders.add(context);
    }

    private static void end(Context context, Metrics metrics) {
        @Nullable Long started = context.attribute(STARTED);
        if (started != null) {
            @Nullable Endpoint matched = context.endpoints().matchedHttpEndpoint();
            metrics.answered(
                    context.method().toString(),
                    matched == null ? "none" : matched.path,
                    context.statusCode(),
                    Duration.ofNanos(System.nanoTime() - started));
        }
    }
}
