package io.evenkeel.pipeline.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.protocol.SpoolEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFollowerTest {

    private static final SpoolId ID = new SpoolId("a", 1, "one");

    @TempDir
    Path folder;

    private final Spools.MemorySink sink = new Spools.MemorySink();
    private final List<String> people = new ArrayList<>();

    private Path file() {
        return folder.resolve("a.ndjson");
    }

    private SpoolFollower follower() {
        return new SpoolFollower(file(), ID, people::add);
    }

    private SpoolFollower.Step drain(SpoolFollower follower) throws IOException {
        SpoolFollower.Step step = SpoolFollower.Step.PROGRESS;
        while (step == SpoolFollower.Step.PROGRESS) {
            step = follower.step(sink, event -> event);
        }
        return step;
    }

    private void events(int from, int to) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int seq = from; seq <= to; seq++) {
            text.append(Spools.line(seq));
        }
        Spools.append(file(), text.toString());
    }

    @Nested
    class GivenManyEvents {

        @Test
        void whenDrained_thenAllArriveInBatchesThatTheCoordinatorTakes() throws IOException {
            events(1, 2_500);

            assertThat(drain(follower())).isEqualTo(SpoolFollower.Step.IDLE);

            assertThat(sink.of("a")).hasSize(2_500);
            assertThat(sink.batches).extracting(batch -> batch.events().size()).containsExactly(1_000, 1_000, 500);
            assertThat(folder.resolve("a.ack")).hasContent("2500");
        }

        @Test
        void whenAnotherProcessGoesOn_thenItBeginsAfterTheAcknowledgedOnes() throws IOException {
            events(1, 10);
            drain(follower());
            events(11, 12);
            sink.batches.clear();

            drain(follower());

            assertThat(sink.batches).hasSize(1);
            assertThat(sink.batches.get(0).first()).isEqualTo(11);
        }

        @Test
        void whenAcknowledgementIsGarbage_thenEverythingIsSentAgainHarmlessly() throws IOException {
            events(1, 3);
            drain(follower());
            Files.writeString(folder.resolve("a.ack"), "three");

            drain(follower());

            assertThat(sink.of("a")).hasSize(3);
            assertThat(folder.resolve("a.ack")).hasContent("3");
        }
    }

    @Nested
    class GivenCoordinatorInTrouble {

        @Test
        void whenItIsAway_thenTheSameEventsAreSentAgain() throws IOException {
            events(1, 3);
            sink.failures = 2;
            SpoolFollower follower = follower();

            assertThat(drain(follower)).isEqualTo(SpoolFollower.Step.UNAVAILABLE);
            assertThat(drain(follower)).isEqualTo(SpoolFollower.Step.UNAVAILABLE);
            assertThat(folder.resolve("a.ack")).doesNotExist();

            assertThat(drain(follower)).isEqualTo(SpoolFollower.Step.IDLE);
            assertThat(sink.of("a")).hasSize(3);
        }

        @Test
        void whenItHasLostWhatItAcknowledged_thenItGetsItAgain() throws IOException {
            events(1, 5);
            SpoolFollower follower = follower();
            drain(follower);
            sink.stored.clear();
            events(6, 7);

            drain(follower);
            drain(follower);

            assertThat(sink.of("a")).hasSize(7);
        }

        @Test
        void whenItRefuses_thenTheReasonIsTold() throws IOException {
            events(1, 1);

            SpoolFollower.Step step =
                    follower().step(batch -> new Acknowledgement.Rejected("the token is wrong"), event -> event);

            assertThat(step).isEqualTo(SpoolFollower.Step.REJECTED);
            assertThat(people).singleElement().asString().contains("the token is wrong", "a.ndjson");
        }
    }

    @Nested
    class GivenDamagedSpool {

        @Test
        void whenLineIsBroken_thenItIsNamedAndTheReceiverSeesNoGap() throws IOException {
            Spools.append(file(), Spools.line(1) + "{\"v\":1,\"seq\":2,\n" + Spools.line(3));

            drain(follower());

            assertThat(sink.of("a")).hasSize(3);
            assertThat(sink.of("a").get(1)).contains("\"seq\":2", "\"ev\":\"lost\"");
            assertThat(people).singleElement().asString().contains("Line 2");
        }

        @Test
        void whenNumberIsNonsense_thenItDoesNotMakeMillionsOfEvents() throws IOException {
            Spools.append(file(), Spools.line(1) + Spools.line(9_000_000_000L) + Spools.line(2));

            drain(follower());

            assertThat(sink.of("a")).hasSize(2);
        }
    }

    @Test
    void whenDressedEventIsSentAgain_thenItIsDressedOnce() throws IOException {
        events(1, 2);
        sink.failures = 1;
        List<SpoolEvent> dressed = new ArrayList<>();
        SpoolFollower follower = follower();
        for (int i = 0; i < 2; i++) {
            follower.step(sink, event -> {
                dressed.add(event);
                return event;
            });
        }

        assertThat(dressed).hasSize(2);
        assertThat(sink.of("a")).hasSize(2);
    }
}
