package io.evenkeel.cli;

import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.fix.PullRequests;
import io.evenkeel.pipeline.host.CiHost;
import io.evenkeel.pipeline.host.HostProvider;
import io.evenkeel.pipeline.host.Publication;
import io.evenkeel.pipeline.host.ShardJobs;
import io.evenkeel.pipeline.host.Told;
import io.evenkeel.pipeline.job.WorkFolder;
import io.evenkeel.pipeline.plan.SuitePlan;
import io.evenkeel.pipeline.split.Shard;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The CI or forge around us, and what came of telling it. One thread. */
final class Forge {

    private final CiHost host;
    private final Terminal terminal;

    private Forge(CiHost host, Terminal terminal) {
        this.host = host;
        this.terminal = terminal;
    }

    /** Returns the one the environment names; empty on a machine of a person and in a CI that has no module of its own. */
    static Optional<Forge> around(Program program, WorkFolder folder) {
        return ServiceLoader.load(HostProvider.class).stream()
                .flatMap(provider ->
                        provider.get().host(program.settings().env(), folder.root(), program.terminal()::line).stream())
                .findFirst()
                .map(host -> new Forge(host, program.terminal()));
    }

    /** Tells later jobs about the plan. */
    void planned(String runKey, SuitePlan plan) {
        List<Shard> shards = plan.shards().shards();
        show(host.planned(new ShardJobs(
                runKey,
                shards.size(),
                shards.stream()
                        .filter(shard -> !shard.tests().isEmpty())
                        .map(Shard::index)
                        .toList())));
    }

    /** Tells the result of a run. */
    void reported(Publication publication) {
        show(host.reported(publication));
    }

    Optional<PullRequests> pullRequests() {
        return host.pullRequests();
    }

    private void show(List<Told> told) {
        for (Told one : told) {
            if (one.needsAttention()) {
                terminal.line(Style.YELLOW, "! " + host.name() + ": " + one);
            } else {
                terminal.line(Style.DIM, host.name() + ": " + one);
            }
        }
    }
}
