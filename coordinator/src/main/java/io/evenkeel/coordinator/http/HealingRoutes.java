package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.healing.Proposal;
import io.evenkeel.coordinator.healing.Proposal.Change;
import io.evenkeel.coordinator.healing.Proposal.State;
import io.evenkeel.coordinator.healing.Proposals;
import io.evenkeel.coordinator.healing.Proposals.Tally;
import io.evenkeel.coordinator.healing.Proposals.Verdict;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** The record of healing: events, proposals, decisions, and how often they were right. */
final class HealingRoutes implements RouteSet {

    private static final long BODY_MIB = 1;
    private static final List<String> TIERS = List.of("", "auto", "suggestion", "refused");

    private final Projects projects;
    private final Proposals proposals;

    HealingRoutes(Projects projects, Proposals proposals) {
        this.projects = projects;
        this.proposals = proposals;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/healing/events", Access.READ, this::events),
                Route.get("/api/v1/healing/proposals", Access.READ, this::list),
                Route.get("/api/v1/healing/success", Access.READ, this::success),
                Route.put("/api/v1/healing/proposals", Access.PROJECT, BODY_MIB, this::decide));
    }

    private void events(Context context) {
        Project project = Queries.project(context, projects);
        String tier = Queries.optional(context, "tier");
        if (!TIERS.contains(tier)) {
            throw ProblemException.badRequest("The tier (" + tier + ") must be auto, suggestion or refused.");
        }
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("v", 1);
        json.set("events", RunJson.heals(proposals.events(project.id(), tier)));
        Answers.json(context, json);
    }

    private void list(Context context) {
        Project project = Queries.project(context, projects);
        String state = Queries.optional(context, "state");
        Optional<State> asked = state.isEmpty() ? Optional.empty() : Optional.of(Body.checked(() -> State.of(state)));
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("v", 1);
        ArrayNode array = json.putArray("proposals");
        proposals.list(project.id(), asked).forEach(proposal -> array.add(json(proposal)));
        Answers.json(context, json);
    }

    private static ObjectNode json(Proposal proposal) {
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("id", String.valueOf(proposal.id()));
        json.put("file", proposal.change().file());
        json.put("line", proposal.change().line());
        json.put("originalSelector", proposal.change().original());
        json.put("healedSelector", proposal.change().healed());
        json.put("strategy", proposal.judgement().strategy());
        json.put("confidence", proposal.judgement().confidence());
        json.put("tier", proposal.judgement().tier());
        json.put("verified", proposal.judgement().proof() == Proposal.Proof.VERIFIED);
        json.put("reason", proposal.judgement().reason());
        json.put("state", proposal.state().word());
        json.put("pullRequest", proposal.pullRequest());
        json.put("firstAt", proposal.sightings().first().toString());
        json.put("lastAt", proposal.sightings().last().toString());
        json.put("lastRunId", String.valueOf(proposal.sightings().lastRun()));
        json.put("seen", proposal.sightings().count());
        ArrayNode decisions = json.putArray("decisions");
        proposal.decisions()
                .forEach(decision -> decisions
                        .addObject()
                        .put("state", decision.state().word())
                        .put("by", decision.by())
                        .put("reason", decision.reason())
                        .put("pullRequest", decision.pullRequest())
                        .put("at", decision.at().toString()));
        return json;
    }

    private void success(Context context) {
        Project project = Queries.project(context, projects);
        Proposals.Success success = proposals.success(project.id());
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("v", 1);
        json.put("project", project.slug());
        json.put("refused", success.refused());
        json.set("all", tally(success.all()));
        ArrayNode signals = json.putArray("signals");
        success.signals().forEach((name, tally) -> signals.add(tally(tally).put("name", name)));
        Answers.json(context, json);
    }

    private static ObjectNode tally(Tally tally) {
        ObjectNode json = Body.JSON
                .createObjectNode()
                .put("proposed", tally.proposed())
                .put("verified", tally.verified())
                .put("accepted", tally.accepted())
                .put("rejected", tally.rejected());
        tally.successRate().ifPresent(rate -> json.put("successRate", rate));
        return json;
    }

    private void decide(Context context) {
        Body body = Body.read(context, BODY_MIB * 1024 * 1024);
        Change change = new Change(
                body.required("file"), 0, body.required("originalSelector"), body.required("healedSelector"));
        State state = Body.checked(() -> State.of(body.required("state")));
        Verdict verdict = new Verdict(state, body.text("by"), body.text("reason"), body.text("pullRequest"));
        if (!proposals.decide(Caller.of(context).project().id(), change, verdict)) {
            throw ProblemException.notFound(
                    "Nobody has proposed this repair. Send its healing event first, then what became of it.");
        }
        Answers.json(context, Body.JSON.createObjectNode().put("state", state.word()));
    }
}
