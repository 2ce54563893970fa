package io.evenkeel.coordinator.page;

import io.evenkeel.coordinator.healing.Proposal;
import io.evenkeel.coordinator.healing.Proposal.Decision;
import io.evenkeel.coordinator.healing.Proposals;
import io.evenkeel.coordinator.healing.Proposals.Tally;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The review page of healing.
 *
 * <p>Immutable.
 *
 * @param filter what is asked for, and what can be asked for
 * @param proposals newest first; empty when refusals are asked for
 * @param refused cards of refusals; empty when proposals are asked for
 * @param success how often proposals were right
 */
public record HealingView(Filter filter, List<Line> proposals, List<HealCard> refused, Success success) {

    /** What a reader can ask for, with the words on the buttons. */
    public static final List<String> STATES = List.of("proposed", "open", "accepted", "rejected", "refused");

    public HealingView {
        proposals = List.copyOf(proposals);
        refused = List.copyOf(refused);
    }

    /** What is asked for; {@code projects} are empty when there is only one. */
    public record Filter(String project, String state, List<String> projects) {

        public Filter {
            projects = List.copyOf(projects);
        }

        /** Returns the address with another state. */
        public String withState(String other) {
            String query = (project.isEmpty() ? "" : "&project=" + URLEncoder.encode(project, StandardCharsets.UTF_8))
                    + (other.isEmpty() ? "" : "&state=" + other);
            return "/healing" + (query.isEmpty() ? "" : "?" + query.substring(1));
        }
    }

    /** One proposal in texts. */
    public record Line(String state, String place, HealCard.Locator locator, Why why, Trail trail) {}

    /** Why it was proposed: tier, confidence, whether proven, and the reason. */
    public record Why(String tier, String confidence, String proof, String reason) {}

    /** Where it can be followed: pull request (empty unless it is a web address), run, last sighting, what happened. */
    public record Trail(String pullRequest, long run, String seen, List<String> decisions) {

        public Trail {
            decisions = List.copyOf(decisions);
        }
    }

    /** How often proposals were right, one row for all and one for each signal. */
    public record Success(List<Row> rows) {

        public Success {
            rows = List.copyOf(rows);
        }
    }

    /** One row of counts; {@code rate} is empty as long as nothing was decided. */
    public record Row(String name, Tally tally, String rate) {}

    /** Makes the view of proposals. */
    public static HealingView of(Filter filter, List<Proposal> proposals, Proposals.Success success, Instant now) {
        return new HealingView(filter, proposals.stream().map(p -> line(p, now)).toList(), List.of(), success(success));
    }

    /** Makes the view of refusals. */
    public static HealingView refused(Filter filter, List<String> events, Proposals.Success success) {
        return new HealingView(filter, List.of(), HealCards.of(events, Map.of()), success(success));
    }

    private static Success success(Proposals.Success success) {
        List<Row> rows = new ArrayList<>();
        rows.add(row("all", success.all()));
        success.signals().forEach((name, tally) -> rows.add(row(name.isEmpty() ? "none named" : name, tally)));
        return new Success(rows);
    }

    private static Row row(String name, Tally tally) {
        return new Row(name, tally, tally.successRate().map(Format::percent).orElse(""));
    }

    private static Line line(Proposal proposal, Instant now) {
        Proposal.Judgement judged = proposal.judgement();
        return new Line(
                proposal.state().word(),
                proposal.change().file()
                        + (proposal.change().line() > 0
                                ? ":" + proposal.change().line()
                                : ""),
                new HealCard.Locator(
                        proposal.change().original(), proposal.change().healed(), judged.strategy()),
                new Why(
                        judged.tier(),
                        Format.percent(judged.confidence()),
                        judged.proof() == Proposal.Proof.VERIFIED ? "proven by re-runs" : "not proven",
                        judged.reason()),
                new Trail(
                        webAddress(proposal.pullRequest()),
                        proposal.sightings().lastRun(),
                        "seen " + proposal.sightings().count() + "×, last "
                                + Format.ago(proposal.sightings().last(), now),
                        proposal.decisions().stream().map(HealingView::words).toList()));
    }

    private static String words(Decision decision) {
        return String.format(
                Locale.ROOT,
                "%s%s on %s%s",
                decision.state().word(),
                decision.by().isEmpty() ? "" : " by " + decision.by(),
                Format.absolute(decision.at()),
                decision.reason().isEmpty() ? "" : ": " + decision.reason());
    }

    /** Nothing else than a web address becomes a link: who sends it is not trusted. */
    private static String webAddress(String address) {
        try {
            URI uri = URI.create(address);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? address : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
