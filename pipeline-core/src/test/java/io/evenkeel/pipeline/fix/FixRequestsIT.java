package io.evenkeel.pipeline.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.pipeline.fix.FixRequests.Fate;
import io.evenkeel.pipeline.fix.FixRequests.Result;
import io.evenkeel.pipeline.fix.FixRequests.Rules;
import io.evenkeel.pipeline.fix.PullRequests.Pull;
import io.evenkeel.pipeline.fix.PullRequests.Readiness;
import io.evenkeel.pipeline.fix.PullRequests.State;
import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealLocator;
import io.evenkeel.pipeline.protocol.RunEvent.HealSubject;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real pushes over smart HTTP; the forge's pull requests are kept in memory. */
class FixRequestsIT {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String SPEC = """
        test('buys', async ({ page }) => {
          await page.getByTestId('buy').click();
          await page.locator('#pay').click();
        });
        """;

    @TempDir
    Path folder;

    private final Forge forge = new Forge();
    private GitHttpServer server;
    private Path clone;
    private Git git;

    /** The pull requests of a forge, without the forge. */
    private static final class Forge implements PullRequests {
        private final List<Pull> pulls = new ArrayList<>();
        private final List<Proposal> proposals = new ArrayList<>();
        private String base = "main";
        /** What happens right after the next list was read. */
        private Runnable meanwhile = () -> {};

        private Optional<ForgeCommits> commits = Optional.empty();

        @Override
        public String base() {
            return base;
        }

        @Override
        public List<Pull> from(String prefix) {
            List<Pull> seen = List.copyOf(pulls);
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
            return seen;
        }

        @Override
        public Pull open(Proposal proposal) throws IOException {
            proposals.add(proposal);
            if (pulls.stream().anyMatch(p -> p.branch().equals(proposal.branch()) && p.state() == State.OPEN)) {
                throw new IOException("A pull request already exists for " + proposal.branch());
            }
            Pull pull = new Pull(
                    pulls.size() + 1L,
                    proposal.branch(),
                    State.OPEN,
                    proposal.text(),
                    "https://forge/pull/" + (pulls.size() + 1));
            pulls.add(pull);
            return pull;
        }

        @Override
        public void revise(Pull pull, Text text) {
            pulls.replaceAll(
                    p -> p.number() == pull.number() ? new Pull(p.number(), p.branch(), p.state(), text, p.url()) : p);
        }

        void set(State state) {
            pulls.replaceAll(p -> new Pull(p.number(), p.branch(), state, p.text(), p.url()));
        }

        @Override
        public Optional<ForgeCommits> commits() {
            return commits;
        }
    }

    @BeforeEach
    void cloneTheProject() throws Exception {
        server = GitHttpServer.start(Files.createDirectory(folder.resolve("server")), "true");
        new Git(folder).run("clone", "-q", server.urlWithPassword(), "clone");
        clone = folder.resolve("clone").toRealPath();
        git = new Git(clone);
        git.run("checkout", "-q", "-b", "main");
        commit("e2e/shop.spec.ts", SPEC);
        git.run("push", "-q", "origin", "main");
    }

    @AfterEach
    void stopTheServer() throws Exception {
        server.close();
    }

    private void commit(String file, String content) throws Exception {
        Path path = clone.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        git.run("add", file);
        git.run("commit", "-q", "-m", "change " + file);
    }

    private ProvenHeal heal(String before, String after) throws IOException {
        byte[] source = Files.readAllBytes(clone.resolve("e2e/shop.spec.ts"));
        int start = new String(source, StandardCharsets.UTF_8).indexOf(before);
        Patch patch = new Patch(
                "shop.spec.ts",
                new Patch.Range(start, start + before.length()),
                before,
                after,
                new Patch.Definition(DefinitionKind.CALL, "", new CallSite("shop.spec.ts", 2, 14), List.of()));
        return new ProvenHeal(
                new HealEvent(
                        new HealSubject(
                                "id-1", "shop.spec.ts", 2, "locator-not-found", Optional.of("http://shop/?key=1")),
                        new HealLocator(before, Optional.of(after), "test-id", Map.of("test-id", 0.61, "text", 0.2)),
                        new HealDecision(0.97, "auto", "the only | button @all", Duration.ZERO),
                        Optional.of(new HealVerification("failed", List.of("passed", "passed"), 3, true)),
                        Optional.empty()),
                List.of(patch),
                List.of("[desktop] › shop.spec.ts › buys"));
    }

    private ProvenHeal buy() throws IOException {
        return heal("getByTestId('buy')", "getByTestId('add')");
    }

    private List<Result> publish(ProvenHeal... heals) {
        return publish(Rules.standard(), heals);
    }

    private List<Result> publish(Rules rules, ProvenHeal... heals) {
        return new FixRequests(FixSettings.standard(GitCredentials.none()), rules)
                .publish(clone.resolve("e2e"), List.of(heals), forge, NOW);
    }

    private String onServer(String... arguments) throws Exception {
        return new Git(server.bare()).run(arguments);
    }

    private String branches() throws Exception {
        return onServer("for-each-ref", "--format=%(refname:short)", "refs/heads/evenkeel");
    }

    @Nested
    class GivenTwoCauses {

        @Test
        void whenProposed_thenEachHasItsBranchItsCommitAndItsDraft() throws Exception {
            List<Result> results = publish(buy(), heal("locator('#pay')", "locator('#checkout')"));

            assertThat(results).extracting(Result::fate).containsOnly(Fate.OPENED);
            assertThat(branches().lines()).hasSize(2).allMatch(branch -> branch.startsWith("evenkeel/heal-"));
            for (String branch : branches().lines().toList()) {
                assertThat(onServer("rev-list", "--count", "main.." + branch)).isEqualTo("1");
                assertThat(onServer("diff", "--numstat", "main", branch)).isEqualTo("1\t1\te2e/shop.spec.ts");
            }
            assertThat(forge.proposals)
                    .extracting(PullRequests.Proposal::readiness)
                    .containsOnly(Readiness.DRAFT);
        }

        @Test
        void whenProposed_thenTheDescriptionHasAllTheEvidenceAndEscapesIt() throws Exception {
            publish(buy());

            assertThat(forge.pulls.get(0).text().body())
                    .contains(
                            "| old | `getByTestId('buy')` |",
                            "| new | `getByTestId('add')` |",
                            "| confidence | 0.97 (auto) |",
                            "| signals | test-id 0.61, text 0.20 |",
                            "| runs | without the change: failed; with it: passed, passed |",
                            "| other users of the definition | 3 tests, run again with the change |",
                            "the only \\| button @&#8203;all",
                            "[desktop] › shop.spec.ts › buys",
                            "close this without merging")
                    .doesNotContain("key=1");
        }

        @Test
        void whenOnlyOneMayBeOpen_thenTheOtherWaits() throws Exception {
            List<Result> results = publish(
                    new Rules(List.of(), 1, Readiness.READY), buy(), heal("locator('#pay')", "locator('#checkout')"));

            assertThat(results).extracting(Result::fate).containsExactly(Fate.OPENED, Fate.POSTPONED);
            assertThat(branches().lines()).hasSize(1);
        }
    }

    @Nested
    class GivenAnOpenPullRequest {

        private String branch = "";
        private String before = "";

        @BeforeEach
        void open() throws Exception {
            publish(buy());
            branch = branches();
            before = onServer("rev-parse", branch);
        }

        @Test
        void whenProposedAgain_thenNothingChanges() throws Exception {
            assertThat(publish(buy())).extracting(Result::fate).containsExactly(Fate.UNCHANGED);
            assertThat(onServer("rev-parse", branch)).isEqualTo(before);
            assertThat(forge.pulls).hasSize(1);
        }

        @Test
        void whenMainMovesOn_thenTheBranchIsNotRebasedForTheSameChange() throws Exception {
            commit("README.md", "hello");
            git.run("push", "-q", "origin", "main");

            assertThat(publish(buy())).extracting(Result::fate).containsExactly(Fate.UNCHANGED);
            assertThat(onServer("rev-parse", branch)).isEqualTo(before);
        }

        @Test
        void whenABetterRepairIsFound_thenTheSameBranchAndPullRequestCarryIt() throws Exception {
            List<Result> results = publish(heal("getByTestId('buy')", "getByRole('button')"));

            assertThat(results).extracting(Result::fate).containsExactly(Fate.UPDATED);
            assertThat(branches()).isEqualTo(branch);
            assertThat(onServer("show", branch + ":e2e/shop.spec.ts")).contains("getByRole('button')");
            assertThat(onServer("rev-list", "--count", "main.." + branch)).isEqualTo("1");
            assertThat(forge.pulls).hasSize(1);
            assertThat(forge.pulls.get(0).text().body()).contains("getByRole('button')");
        }

        @Test
        void whenSomebodyPushedToIt_thenTheirWorkStays() throws Exception {
            git.run("fetch", "-q", "origin", branch);
            git.run("checkout", "-q", "-b", "theirs", "FETCH_HEAD");
            commit("e2e/notes.txt", "mine");
            git.run("push", "-q", "origin", "HEAD:refs/heads/" + branch);
            String theirs = git.run("rev-parse", "HEAD");
            git.run("checkout", "-q", "main");

            List<Result> results = publish(heal("getByTestId('buy')", "getByRole('button')"));

            assertThat(results).extracting(Result::fate).containsExactly(Fate.FAILED);
            assertThat(results.get(0).line()).contains("somebody else has pushed");
            assertThat(onServer("rev-parse", branch)).isEqualTo(theirs);
        }

        @Test
        void whenItWasClosed_thenTheSameChangeIsNeverProposedAgain() throws Exception {
            forge.set(State.CLOSED);

            List<Result> results = publish(buy());

            assertThat(results).extracting(Result::fate).containsExactly(Fate.REJECTED);
            assertThat(results.get(0).line()).contains("https://forge/pull/1");
            assertThat(forge.proposals).hasSize(1);
        }

        @Test
        void whenItWasClosedAndAnotherRepairIsFound_thenThatOneIsProposed() throws Exception {
            forge.set(State.CLOSED);

            List<Result> results = publish(heal("getByTestId('buy')", "getByRole('button')"));

            assertThat(results).extracting(Result::fate).containsExactly(Fate.OPENED);
        }
    }

    @Nested
    class GivenTwoReportJobsAtOnce {

        @Test
        void whenTheOtherOpensTheSameMeanwhile_thenThereIsOneBranchAndOnePullRequest() throws Exception {
            ProvenHeal heal = buy();
            List<Result> theirs = new ArrayList<>();
            forge.meanwhile = () -> theirs.addAll(publish(heal));

            List<Result> ours = publish(heal);

            assertThat(theirs).extracting(Result::fate).containsExactly(Fate.OPENED);
            assertThat(ours).extracting(Result::fate).containsExactly(Fate.UNCHANGED);
            assertThat(ours.get(0).line()).isEqualTo("https://forge/pull/1");
            assertThat(forge.pulls).hasSize(1);
            assertThat(branches().lines()).hasSize(1);
        }
    }

    @Nested
    class GivenProtectedBranches {

        @Test
        void whenTheServerRefusesThePush_thenItsReasonAndTheRemedyAreSaid() throws Exception {
            Path hook = server.bare().resolve("hooks/pre-receive");
            Files.createDirectories(hook.getParent());
            Files.writeString(hook, "#!/bin/sh\necho 'GL-HOOK-ERR: this branch is protected' >&2\nexit 1\n");
            assertThat(hook.toFile().setExecutable(true)).isTrue();
            try (HttpBackend backend = HttpBackend.start(server.bare(), folder)) {
                git.run("remote", "set-url", "origin", backend.address());

                List<Result> results = publish(buy());

                assertThat(results).extracting(Result::fate).containsExactly(Fate.FAILED);
                assertThat(results.get(0).line()).contains("this branch is protected", "evenkeel/heal-*");
            }
            assertThat(forge.pulls).isEmpty();
        }
    }

    @Nested
    class GivenBranchesThatTakeNoRepairs {

        @Test
        void whenTheBranchIsNotOnTheList_thenNothingIsPushed() throws Exception {
            forge.base = "feature/x";

            List<Result> results = publish(new Rules(List.of("main", "release/*"), 5, Readiness.DRAFT), buy());

            assertThat(results).extracting(Result::fate).containsExactly(Fate.NOT_ALLOWED);
            assertThat(branches()).isEmpty();
        }

        @Test
        void whenAPatternFits_thenItIsProposed() throws Exception {
            forge.base = "release/2";

            List<Result> results = publish(new Rules(List.of("main", "release/*"), 5, Readiness.DRAFT), buy());

            assertThat(results).extracting(Result::fate).containsExactly(Fate.OPENED);
        }

        @Test
        void whenTheBranchIsARepairItself_thenItIsNotRepaired() throws Exception {
            forge.base = "evenkeel/heal-0123456789ab";

            assertThat(publish(buy())).extracting(Result::fate).containsExactly(Fate.NOT_ALLOWED);
            assertThat(branches()).isEmpty();
        }
    }

    @Nested
    class GivenBranchesThatWantSignedCommits {

        /** A forge that commits by itself; what it was asked for is kept. */
        private record Signing(List<String> asked, String rule) implements ForgeCommits {
            @Override
            public boolean wantedFor(String branch) {
                return rule.equals("known");
            }

            @Override
            public String commit(String branch, Base base, String message, List<Content> files) {
                asked.add(branch + " " + base.commit() + " " + files.get(0).path() + " "
                        + new String(files.get(0).bytes(), StandardCharsets.UTF_8));
                return "f".repeat(40);
            }
        }

        @Test
        void whenTheRuleIsKnown_thenTheForgeCommitsAndNothingIsPushed() throws Exception {
            List<String> asked = new ArrayList<>();
            forge.commits = Optional.of(new Signing(asked, "known"));

            assertThat(publish(buy())).extracting(Result::fate).containsExactly(Fate.OPENED);
            assertThat(asked).singleElement().asString().contains("e2e/shop.spec.ts", "getByTestId('add')");
            assertThat(branches()).isEmpty();
        }

        @Test
        void whenThePushIsRefusedForIt_thenTheForgeCommits() throws Exception {
            List<String> asked = new ArrayList<>();
            forge.commits = Optional.of(new Signing(asked, "unknown"));
            Path hook = server.bare().resolve("hooks/pre-receive");
            Files.createDirectories(hook.getParent());
            Files.writeString(hook, "#!/bin/sh\necho 'GH006: Commits must have verified signatures.' >&2\nexit 1\n");
            assertThat(hook.toFile().setExecutable(true)).isTrue();
            // JGit's server runs no hooks; git's own, through http-backend, does.
            try (HttpBackend backend = HttpBackend.start(server.bare(), folder)) {
                git.run("remote", "set-url", "origin", backend.address());

                assertThat(publish(buy())).extracting(Result::fate).containsExactly(Fate.OPENED);
            }
            assertThat(asked).hasSize(1);
        }

        @Test
        void whenGitsOwnServerTakesThePush_thenItIsThere() throws Exception {
            try (HttpBackend backend = HttpBackend.start(server.bare(), folder)) {
                git.run("remote", "set-url", "origin", backend.address());

                assertThat(publish(buy())).extracting(Result::fate).containsExactly(Fate.OPENED);
                assertThat(publish(heal("getByTestId('buy')", "getByRole('button')")))
                        .extracting(Result::fate)
                        .containsExactly(Fate.UPDATED);
            }
            assertThat(onServer("show", branches() + ":e2e/shop.spec.ts")).contains("getByRole('button')");
        }
    }

    /** The same repository behind {@code git http-backend}. */
    private record HttpBackend(Process process, String address) implements AutoCloseable {

        static HttpBackend start(Path bare, Path folder) throws Exception {
            Path password = Files.writeString(folder.resolve("password"), GitHttpServer.PASSWORD);
            Process process = new ProcessBuilder(
                            "node",
                            Path.of("../examples/git-server.mjs")
                                    .toAbsolutePath()
                                    .toString(),
                            "--root",
                            String.valueOf(bare.getParent()),
                            "--user",
                            GitHttpServer.USER,
                            "--password-file",
                            password.toString())
                    .redirectErrorStream(true)
                    .start();
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher url = Pattern.compile("http://[0-9.:]+").matcher(line);
                if (url.find()) {
                    return new HttpBackend(
                            process,
                            url.group().replace("http://", "http://" + GitHttpServer.USER + ":p%40ss%2Fword@")
                                    + "/shop.git");
                }
            }
            throw new IOException("git-server.mjs never said its address.");
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
