package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkout that cannot be written, as docs/reference/files.md says it is used. */
class ReadOnlyCheckoutIT {

    @TempDir
    Path temp;

    private RunCommand project;
    private ReadOnlyCheckout checkout;

    @BeforeEach
    void layOut() throws Exception {
        project = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "redesign", temp.resolve("checkout"));
        try (Git git = Git.init().setDirectory(project.folder().toFile()).call()) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage("release 1")
                    .setAuthor("a", "a@localhost")
                    .setCommitter("a", "a@localhost")
                    .setSign(false)
                    .call();
        }
        checkout = ReadOnlyCheckout.of(project);
    }

    private Path work() {
        return temp.resolve("evenkeel");
    }

    private Command evenkeel(String... arguments) throws Exception {
        return checkout.evenkeel(Map.of("EVENKEEL_DIR", work().toString()), arguments);
    }

    private Command runOneTest() throws Exception {
        String output = "--output=" + temp.resolve("results");
        return evenkeel(
                "local",
                "-n",
                "1",
                "--no-report",
                "--",
                "npx",
                "playwright",
                "test",
                "--trace=on",
                output,
                "--grep",
                "renamed a button$");
    }

    /** What is in the checkout, by path. */
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(project.folder())) {
            for (Path file : files.toList()) {
                contents.put(
                        project.folder().relativize(file).toString(),
                        Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "");
            }
        }
        return contents;
    }

    @Test
    void whenItsFilesAndTheResultsLieElsewhere_thenABrokenLocatorIsRepairedAndProven() throws Exception {
        Command before = runOneTest();
        assertThat(before.exitCode()).as(before.err()).isZero();
        assertThat(evenkeel("learn").exitCode()).isZero();
        Files.writeString(project.folder().resolve("site/RELEASE"), "2\n");
        Map<String, String> redesigned = contents();

        Command run = runOneTest();
        Command heal =
                evenkeel("heal", "--pull-requests"); // this is no job of a forge, so it says where the patches are

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains("1 of 1 test failed");
        assertThat(heal.exitCode()).as(heal.err()).isZero();
        assertThat(heal.err())
                .contains("healed 1 verified 1 refused 0")
                .contains("The patches are in " + work().resolve("heal") + ".");
        assertThat(work().resolve("heal/1.patch"))
                .content()
                .contains("+    await page.getByRole('button', { name: 'Save all changes' }).click();");
        assertThat(contents()).isEqualTo(redesigned);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "heal"})
    void whenItsFilesWouldLieInTheCheckout_thenOneLineSaysWhyNotAndWhatToDo(String command) throws Exception {
        Map<String, String> untouched = contents();

        Command refused = checkout.evenkeel(Map.of(), command);

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        assertThat(refused.err().lines())
                .singleElement()
                .asString()
                .contains(project.folder().resolve(".evenkeel").toString())
                .containsIgnoringCase(checkout.reason())
                .contains("EVENKEEL_DIR");
        assertThat(contents()).isEqualTo(untouched);
    }
}
