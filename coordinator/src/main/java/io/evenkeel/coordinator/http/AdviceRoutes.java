package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.history.SuiteAdvice;
import io.evenkeel.coordinator.page.AdviceView;
import io.evenkeel.coordinator.page.Pages;
import io.evenkeel.coordinator.quarantine.Quarantines;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to do next about the tests of a suite, as a page and as its first lines for the list of runs. */
final class AdviceRoutes implements RouteSet {

    private final Projects projects;
    private final Suites suites;
    private final Pages pages;
    private final InstantSource clock;

    /** What is known of suites. */
    record Suites(Quarantines quarantines, SuiteAdvice advice) {}

    AdviceRoutes(Projects projects, Suites suites, Pages pages, InstantSource clock) {
        this.projects = projects;
        this.suites = suites;
        this.pages = pages;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/advice", Access.READ, context -> html(context, pages.advice(view(context)))),
                Route.get("/advice/top", Access.READ, context -> html(context, pages.topAdvice(view(context)))));
    }

    private AdviceView view(Context context) {
        Project project = Queries.project(context, projects);
        Optional<Quarantines.Suite> suite =
                suites.quarantines().suite(project.id(), Queries.optional(context, "suite"));
        List<AdviceView.Line> lines = new ArrayList<>();
        suite.ifPresent(
                known -> suites.advice().of(known.id(), clock.instant()).forEach(piece -> lines.add(line(piece))));
        return new AdviceView(
                project.slug(), suite.map(Quarantines.Suite::config).orElse(""), lines);
    }

    private static AdviceView.Line line(SuiteAdvice.Piece piece) {
        List<AdviceView.Test> tests = piece.tests().stream()
                .map(named -> new AdviceView.Test(named.file(), title(named.titles()), named.project()))
                .toList();
        return AdviceView.Line.of(
                piece.kind(), tests, piece.evidence(), new AdviceView.Weight(piece.run(), piece.minutesPerWeek()));
    }

    private static String title(String titles) {
        List<String> words = new ArrayList<>();
        for (JsonNode word : HistoryJson.array(titles)) {
            words.add(word.asText());
        }
        return String.join(" › ", words);
    }

    private static void html(Context context, String html) {
        context.header("Cache-Control", "no-store");
        context.html(html);
    }
}
