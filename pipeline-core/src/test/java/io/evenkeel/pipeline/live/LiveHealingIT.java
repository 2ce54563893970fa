package io.evenkeel.pipeline.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.agent.Agent;
import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.agent.AgentRequest;
import io.evenkeel.pipeline.agent.RunOutput;
import io.evenkeel.pipeline.agent.Share;
import io.evenkeel.pipeline.heal.LiveRepair.Asked;
import io.evenkeel.pipeline.heal.LiveRepair.Decision;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.spool.SpoolId;
import io.evenkeel.pipeline.spool.SpoolReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a worker does when the agent goes away while it asks. */
class LiveHealingIT {

    @TempDir
    Path folder;

    private final List<LiveHealing> healing = new ArrayList<>();

    private Decision goAway(Asked asked) {
        healing.get(0).close();
        return new Decision.Left("Nobody hears this.");
    }

    private List<String> errors(String name, RunCommand command) throws IOException {
        Path evenkeel = folder.resolve(name);
        RunOutput output = new RunOutput.Kept(folder.resolve(name + ".log"));
        AgentOutcome outcome = new Agent(System.getenv(), InstantSource.system(), line -> {}, output)
                .run(new AgentRequest(
                        command, List.of(), new Share.Everything(), evenkeel, new SpoolId("run", 1, "test")));
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(1);
        List<AttemptEnd> attempts = new ArrayList<>();
        SpoolReader reader = new SpoolReader(evenkeel.resolve("spool/run.ndjson"));
        for (var lines = reader.poll(); !lines.isEmpty(); lines = reader.poll()) {
            lines.forEach(line -> line.match(
                    event -> {
                        event.event().event().accept(RunEvent.onAttemptEnd(attempts::add));
                        return true;
                    },
                    broken -> false));
        }
        assertThat(attempts)
                .hasSize(3)
                .allSatisfy(
                        attempt -> assertThat(attempt.evidence().annotations()).isEmpty());
        return attempts.stream()
                .map(attempt -> attempt.evidence().errors().get(0).message() + " at "
                        + attempt.evidence().errors().get(0).location())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#newest")
    void whenTheAgentGoesAway_thenTheTestsFailAsTheyDoWithoutIt(String version) throws Exception {
        RunCommand project = PlaywrightFixture.project(version, "redesign", folder.resolve("project"));
        Files.writeString(project.folder().resolve("site/RELEASE"), "2\n");
        RunCommand renamed = project.withWords(List.of("npx", "playwright", "test", "--grep", "renamed"));
        List<String> plain = errors("plain", renamed);

        List<String> live;
        try (LiveHealing one = LiveHealing.start(this::goAway, 25, line -> {})) {
            healing.add(one);
            live = errors(
                    "live",
                    renamed.withEnvironment(
                            Map.of(LiveHealing.VARIABLE, one.address().toString())));
        }

        assertThat(live).isEqualTo(plain);
        assertThat(Files.readString(folder.resolve("live.log"))).contains("evenkeel: live healing is off");
    }
}
