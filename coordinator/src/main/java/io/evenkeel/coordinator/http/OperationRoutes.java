package io.evenkeel.coordinator.http;

import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.database.Database;
import io.javalin.http.Context;
import java.util.List;

/** What the machine's keeper asks for. */
final class OperationRoutes implements RouteSet {

    private final Database database;
    private final Metrics metrics;

    OperationRoutes(Database database, Metrics metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/healthz", Access.OPEN, context -> Answers.text(context, "text/plain", "alive\n")),
                Route.get("/readyz", Access.OPEN, this::ready),
                Route.get("/metrics", Access.READ, this::metrics));
    }

    private void ready(Context context) {
        if (!database.answers()) {
            throw ProblemException.of(503, "Not ready", "The database does not answer. Look at the coordinator's log.");
        }
        Answers.text(context, "text/plain", "ready\n");
    }

    private void metrics(Context context) {
        Answers.text(context, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }
}
