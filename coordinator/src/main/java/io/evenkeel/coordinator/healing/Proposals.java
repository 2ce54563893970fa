package io.evenkeel.coordinator.healing;

import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.coordinator.healing.Proposal.Change;
import io.evenkeel.coordinator.healing.Proposal.Decision;
import io.evenkeel.coordinator.healing.Proposal.Judgement;
import io.evenkeel.coordinator.healing.Proposal.Proof;
import io.evenkeel.coordinator.healing.Proposal.Sightings;
import io.evenkeel.coordinator.healing.Proposal.State;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealMoment;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Keeps the proposals of each project and what people decided. Thread-safe. */
public final class Proposals {

    /** Proposals and events of one answer, the newest. */
    public static final int MOST = 500;

    private static final int MOST_TEXT = 2_000;

    private final Database database;
    private final InstantSource clock;

    /** Works on this database with this clock. */
    public Proposals(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Where a healing event comes from. */
    public record Origin(long runId, long atMs) {}

    /** Notes a healing event in the transaction that stores it; a refusal proposes nothing. */
    public static void note(Transaction tx, Origin origin, HealEvent heal) {
        Optional<String> healed = heal.locator().healed();
        if (healed.isEmpty()) {
            return;
        }
        boolean verified = heal.verification().map(HealVerification::success).orElse(false);
        tx.update(
                """
                insert into heal_proposal (project_id, file, line, original, healed, strategy, confidence, tier, verified,
                  reason, state, pull_request, last_run, first_ms, last_ms, seen)
                values ((select project_id from run where id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, 'proposed', '', ?, ?, ?, 1)
                on conflict (project_id, file, original, healed) do update set\s""" + known(heal) + """
                  last_run = excluded.last_run, last_ms = excluded.last_ms, seen = heal_proposal.seen + 1""",
                origin.runId(),
                cut(heal.subject().file()),
                heal.subject().line(),
                cut(heal.locator().original()),
                cut(healed.get()),
                cut(heal.locator().strategy()),
                heal.decision().confidence(),
                cut(heal.decision().tier()),
                verified ? 1 : 0,
                cut(heal.decision().reason()),
                origin.runId(),
                origin.atMs(),
                origin.atMs());
    }

    /** A heal that kept a test going proves nothing, so it takes nothing away from what a proof has said before. */
    private static String known(HealEvent heal) {
        return heal.decision().moment() == HealMoment.LIVE ? "" : """
                line = excluded.line, strategy = excluded.strategy, confidence = excluded.confidence,
                  tier = excluded.tier, verified = excluded.verified, reason = excluded.reason,""";
    }

    private static String cut(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
    }

    /** Returns the proposals of a project in one state, or in any when none is named; the newest first, at most {@link #MOST}. */
    public List<Proposal> list(long projectId, Optional<State> state) {
        return database.reader().inTransaction(handle -> {
            Map<Long, List<Decision>> decisions = decisions(handle, projectId);
            return handle.createQuery("""
                            select id, file, line, original, healed, strategy, confidence, tier, verified, reason, state,
                              pull_request, last_run, first_ms, last_ms, seen
                            from heal_proposal where project_id = :project and (:state = '' or state = :state)
                            order by last_ms desc, id desc limit :most""")
                    .bind("project", projectId)
                    .bind("state", state.map(State::word).orElse(""))
                    .bind("most", MOST)
                    .map((row, context) -> read(row, decisions))
                    .list();
        });
    }

    private static Map<Long, List<Decision>> decisions(Handle handle, long projectId) {
        Map<Long, List<Decision>> byProposal = new HashMap<>();
        handle.createQuery("""
                        select d.proposal_id, d.state, d.decided_by, d.reason, d.pull_request, d.at_ms
                        from heal_decision d join heal_proposal p on p.id = d.proposal_id
                        where p.project_id = ? order by d.id""")
                .bind(0, projectId)
                .map((row, context) -> byProposal
                        .computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                        .add(new Decision(
                                State.of(row.getString(2)),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                Instant.ofEpochMilli(row.getLong(6)))))
                .list();
        return byProposal;
    }

    private static Proposal read(ResultSet row, Map<Long, List<Decision>> decisions) throws SQLException {
        long id = row.getLong(1);
        return new Proposal(
                id,
                new Change(row.getString(2), row.getInt(3), row.getString(4), row.getString(5)),
                new Judgement(
                        row.getString(6),
                        row.getDouble(7),
                        row.getString(8),
                        row.getInt(9) == 1 ? Proof.VERIFIED : Proof.NOT_VERIFIED,
                        row.getString(10)),
                State.of(row.getString(11)),
                row.getString(12),
                new Sightings(
                        Instant.ofEpochMilli(row.getLong(14)),
                        Instant.ofEpochMilli(row.getLong(15)),
                        row.getLong(13),
                        row.getInt(16)),
                decisions.getOrDefault(id, List.of()));
    }

    /** What is said of a proposal. */
    public record Verdict(State state, String by, String reason, String pullRequest) {}

    /**
     * Records what happened to a proposal; the same thing said twice is recorded once.
     *
     * @return whether there is such a proposal
     */
    public boolean decide(long projectId, Change change, Verdict verdict) {
        return database.writer().write(tx -> {
            Optional<Long> id = tx.first(
                    "select id from heal_proposal where project_id = ? and file = ? and original = ? and healed = ?",
                    row -> row.getLong(1),
                    projectId,
                    cut(change.file()),
                    cut(change.original()),
                    cut(change.healed()));
            if (id.isEmpty()) {
                return false;
            }
            int changed = tx.update(
                    """
                    update heal_proposal set state = ?, pull_request = case when ? = '' then pull_request else ? end
                    where id = ? and (state <> ? or (? <> '' and pull_request <> ?))""",
                    verdict.state().word(),
                    cut(verdict.pullRequest()),
                    cut(verdict.pullRequest()),
                    id.get(),
                    verdict.state().word(),
                    cut(verdict.pullRequest()),
                    cut(verdict.pullRequest()));
            if (changed > 0) {
                tx.update(
                        """
                        insert into heal_decision (proposal_id, state, decided_by, reason, pull_request, at_ms)
                        values (?, ?, ?, ?, ?, ?)""",
                        id.get(),
                        verdict.state().word(),
                        cut(verdict.by()),
                        cut(verdict.reason()),
                        cut(verdict.pullRequest()),
                        clock.millis());
            }
            return true;
        });
    }

    /** Returns the healing events of a project as they came in, newest first; of one tier, or of any when it is empty. */
    public List<String> events(long projectId, String tier) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("""
                        select h.json from heal h join run r on r.id = h.run_id
                        where r.project_id = :project and (:tier = '' or h.tier = :tier)
                        order by h.id desc limit :most""")
                        .bind("project", projectId)
                        .bind("tier", tier)
                        .bind("most", MOST)
                        .mapTo(String.class)
                        .list());
    }

    /**
     * Counts of proposals.
     *
     * @param proposed all of them
     * @param verified proven by re-runs when last found
     * @param accepted merged
     * @param rejected closed by somebody
     */
    public record Tally(int proposed, int verified, int accepted, int rejected) {

        Tally plus(Tally other) {
            return new Tally(
                    proposed + other.proposed,
                    verified + other.verified,
                    accepted + other.accepted,
                    rejected + other.rejected);
        }

        /** Returns the share of those decided that were accepted; empty when nothing was decided. */
        public Optional<Double> successRate() {
            return accepted + rejected == 0 ? Optional.empty() : Optional.of(accepted / (double) (accepted + rejected));
        }
    }

    /** Success of a project, and of each signal by name. */
    public record Success(Tally all, Map<String, Tally> signals, int refused) {}

    /** Returns how often the proposals of a project were right, by the signal that said most. */
    public Success success(long projectId) {
        return database.reader().inTransaction(handle -> {
            Map<String, Tally> signals = new TreeMap<>();
            handle.createQuery("""
                            select strategy, count(*), sum(verified), sum(case when state = 'accepted' then 1 else 0 end),
                              sum(case when state = 'rejected' then 1 else 0 end)
                            from heal_proposal where project_id = ? group by strategy""")
                    .bind(0, projectId)
                    .map((row, context) -> signals.put(
                            row.getString(1), new Tally(row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5))))
                    .list();
            Tally all = signals.values().stream().reduce(new Tally(0, 0, 0, 0), Tally::plus);
            int refused = handle.createQuery("""
                            select count(*) from heal h join run r on r.id = h.run_id
                            where r.project_id = ? and h.tier = 'refused'""")
                    .bind(0, projectId)
                    .mapTo(Integer.class)
                    .one();
            return new Success(all, signals, refused);
        });
    }
}
