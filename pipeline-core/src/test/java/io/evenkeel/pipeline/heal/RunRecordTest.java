package io.evenkeel.pipeline.heal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {

    private static final String TEST =
            "{\"seq\":1,\"ev\":\"test\",\"id\":\"a-b\",\"file\":\"a.spec.ts\",\"titles\":[\"pays\"],\"line\":1,\"column\":2}";

    @TempDir
    private Path folder;

    private static String attempt(int retry, String status, int line, String attachment) {
        return """
                {"seq":%d,"ev":"attempt.end","id":"a-b","retry":%d,"status":"%s","expected":"passed","errors":[{"message":"boom","location":{"file":"/x/a.spec.ts","line":%d,"column":9}}],"attachments":[%s]}""".formatted(2 + retry, retry, status, line, attachment);
    }

    private static String trace(String path) {
        return "{\"name\":\"trace\",\"contentType\":\"application/zip\",\"path\":\"" + path + "\"}";
    }

    private RunRecord read(String... lines) throws IOException {
        Path spool = Files.writeString(folder.resolve("s.ndjson"), String.join("\n", lines) + "\n");
        return RunRecord.read(List.of(spool));
    }

    @Nested
    class GivenATraceOnTheFirstRetryOnly {

        @Test
        void whenTheLastAttemptFailedInTheSamePlace_thenTheOneWithTheTraceTells() throws IOException {
            RunRecord record = read(
                    TEST,
                    attempt(0, "failed", 7, ""),
                    attempt(1, "failed", 7, trace("/x/trace.zip")),
                    attempt(2, "failed", 7, ""));

            assertThat(record.failed()).singleElement().satisfies(test -> {
                assertThat(test.attempt().retry()).isEqualTo(1);
                assertThat(test.trace()).contains(Path.of("/x/trace.zip"));
            });
        }

        @Test
        void whenTheLastAttemptFailedElsewhere_thenTheLastOneTells() throws IOException {
            RunRecord record = read(TEST, attempt(1, "failed", 5, trace("/x/trace.zip")), attempt(2, "failed", 7, ""));

            assertThat(record.failed()).singleElement().satisfies(test -> {
                assertThat(test.attempt().retry()).isEqualTo(2);
                assertThat(test.trace()).isEmpty();
            });
        }

        @Test
        void whenTheLastAttemptPassed_thenNothingFailed() throws IOException {
            RunRecord record = read(TEST, attempt(0, "failed", 7, trace("/x/trace.zip")), attempt(1, "passed", 7, ""));

            assertThat(record.failed()).isEmpty();
        }
    }

    @Nested
    class GivenATraceOfEveryAttempt {

        @Test
        void whenAllFailed_thenTheLastOneTells() throws IOException {
            RunRecord record =
                    read(TEST, attempt(0, "failed", 7, trace("/x/0.zip")), attempt(1, "failed", 7, trace("/x/1.zip")));

            assertThat(record.failed().get(0).trace()).contains(Path.of("/x/1.zip"));
        }
    }

    @Nested
    class GivenATestThatWasHealedWhileItRan {

        @Test
        void whenItPassed_thenNothingIsLearnedFromIt() throws IOException {
            String healed = attempt(0, "passed", 7, trace("/x/trace.zip"));

            assertThat(read(TEST, healed).passedWithTrace()).hasSize(1);
            assertThat(read(TEST, healed.replaceFirst("\\}$", ",\"annotations\":[{\"type\":\"healed\"}]}"))
                            .passedWithTrace())
                    .isEmpty();
        }
    }
}
