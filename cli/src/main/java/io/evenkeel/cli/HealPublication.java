package io.evenkeel.cli;

import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.client.HealDecided;
import io.evenkeel.pipeline.fix.FixBranch;
import io.evenkeel.pipeline.fix.FixOutcome;
import io.evenkeel.pipeline.fix.FixRequests;
import io.evenkeel.pipeline.fix.FixRequests.Fate;
import io.evenkeel.pipeline.fix.FixRequests.Rules;
import io.evenkeel.pipeline.fix.FixSettings;
import io.evenkeel.pipeline.fix.GitCredentials;
import io.evenkeel.pipeline.fix.ProvenHeal;
import io.evenkeel.pipeline.fix.PullRequests;
import io.evenkeel.pipeline.heal.HealResult;
import io.evenkeel.pipeline.job.HealingJob;
import io.evenkeel.pipeline.job.JobContext;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How proven repairs come before people, as a branch or as pull requests, and what people decided on earlier ones. */
record HealPublication(Program program, Path directory, HealingJob job, JobContext context) {

    /** What people decided on earlier repairs makes this run more or less careful, so it is asked for first. */
    void follow() {
        Optional<PullRequests> pulls = Forge.around(program, context.folder()).flatMap(Forge::pullRequests);
        if (pulls.isEmpty()) {
            return;
        }
        try {
            int decided = job.follow(pulls.get());
            if (decided > 0) {
                program.terminal()
                        .line(decided + (decided == 1 ? " earlier repair was" : " earlier repairs were")
                                + " merged or closed on the forge; the coordinator knows it now.");
            }
        } catch (IOException e) {
            program.terminal().line(Style.YELLOW, "! The pull requests cannot be listed: " + e.getMessage());
        }
    }

    /** Pushes what is proven and sure to a branch; returns the exit code. */
    int push(List<HealResult> results) {
        List<ProvenHeal> proven = new ArrayList<>();
        results.forEach(result -> result.forBranch().ifPresent(proven::add));
        if (proven.isEmpty()) {
            program.terminal()
                    .line("Nothing is pushed: no repair is both proven and sure. Suggestions lie in " + patches()
                            + " for you to decide.");
            return ExitCodes.PASSED;
        }
        FixOutcome outcome = new FixBranch(FixSettings.standard(credentials()))
                .publish(directory, proven, Clock.systemUTC().instant());
        program.terminal().line(outcome.message());
        return outcome.match(
                pushed -> ExitCodes.PASSED,
                there -> ExitCodes.PASSED,
                notPushed -> ExitCodes.INFRASTRUCTURE,
                notMade -> ExitCodes.INFRASTRUCTURE);
    }

    /** Proposes what is proven and sure, and records what people have rejected before; returns the exit code. */
    int propose(HealingJob.Result healed, Rules rules) throws IOException {
        Map<ProvenHeal, HealResult> proven = new LinkedHashMap<>();
        healed.results().forEach(result -> result.forBranch().ifPresent(heal -> proven.put(heal, result)));
        if (proven.isEmpty()) {
            program.terminal().line("No pull request is needed: no repair is both proven and sure.");
            return ExitCodes.PASSED;
        }
        Optional<PullRequests> pulls = Forge.around(program, context.folder()).flatMap(Forge::pullRequests);
        if (pulls.isEmpty()) {
            program.terminal()
                    .line(
                            Style.YELLOW,
                            "! No pull request is opened: this is no GitHub or GitLab job with a token and a branch of its own (a fork has none). The patches are in "
                                    + patches() + ".");
            return ExitCodes.PASSED;
        }
        FixRequests requests = new FixRequests(FixSettings.standard(credentials()), rules);
        List<FixRequests.Result> results = requests.publish(
                directory,
                List.copyOf(proven.keySet()),
                pulls.get(),
                Clock.systemUTC().instant());
        boolean failed = false;
        for (FixRequests.Result result : results) {
            failed |= result.fate() == Fate.FAILED;
            program.terminal()
                    .line(result.fate().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "  "
                            + result.heal().event().locator().original() + "  " + result.line());
        }
        results.forEach(result -> tell(proven.get(result.heal()), result));
        Map<HealResult, String> rejected = new LinkedHashMap<>();
        results.stream()
                .filter(result -> result.fate() == Fate.REJECTED)
                .forEach(result -> rejected.put(proven.get(result.heal()), result.line()));
        if (!rejected.isEmpty()) {
            job.reject(healed, rejected);
        }
        return failed ? ExitCodes.INFRASTRUCTURE : ExitCodes.PASSED;
    }

    /** Tells the coordinator what the forge says, so that its review page shows it and rejected repairs stay rejected. */
    private void tell(@Nullable HealResult proposed, FixRequests.Result result) {
        if (proposed == null) {
            return;
        }
        switch (result.fate()) {
            case OPENED, UPDATED, UNCHANGED -> job.tell(proposed, new HealDecided("open", "", "", result.line()));
            case REJECTED -> job.tell(proposed, new HealDecided("rejected", "", result.line(), ""));
            default -> {
                // nothing was decided
            }
        }
    }

    private Path patches() {
        return context.folder().root().resolve("heal");
    }

    private GitCredentials credentials() {
        return program.settings()
                .value("EVENKEEL_GIT_TOKEN")
                .map(token -> new GitCredentials(
                        program.settings().value("EVENKEEL_GIT_USER").orElse("x-access-token"), Secret.of(token)))
                .orElseGet(GitCredentials::none);
    }
}
