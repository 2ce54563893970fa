package io.evenkeel.pipeline.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.pipeline.fix.FixOutcome.AlreadyThere;
import io.evenkeel.pipeline.fix.FixOutcome.BranchProblem;
import io.evenkeel.pipeline.fix.FixOutcome.NotMade;
import io.evenkeel.pipeline.fix.FixOutcome.NotPushed;
import io.evenkeel.pipeline.fix.FixOutcome.PushProblem;
import io.evenkeel.pipeline.fix.FixOutcome.Pushed;
import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealLocator;
import io.evenkeel.pipeline.protocol.RunEvent.HealSubject;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixBranchIT {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String SPEC = """
        test('buys', async ({ page }) => {
          await page.getByTestId('buy').click();
          await page.locator('#pay').click();
        });
        """;

    @TempDir
    Path folder;

    private GitHttpServer server;
    private Path clone;
    private Git git;

    @BeforeEach
    void cloneTheProject() throws Exception {
        server = GitHttpServer.start(Files.createDirectory(folder.resolve("server")), "true");
        new Git(folder).run("clone", "-q", server.urlWithPassword(), "clone");
        clone = folder.resolve("clone").toRealPath();
        git = new Git(clone);
        git.run("checkout", "-q", "-b", "main");
        commit("e2e/tests/shop.spec.ts", SPEC);
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

    private FixOutcome publish(ProvenHeal... heals) {
        return publish(GitCredentials.none(), heals);
    }

    private FixOutcome publish(GitCredentials credentials, ProvenHeal... heals) {
        return new FixBranch(FixSettings.standard(credentials)).publish(clone.resolve("e2e"), List.of(heals), NOW);
    }

    /** A heal that replaces a text of a file in {@code e2e/}. */
    private ProvenHeal heal(String file, String before, String after) throws IOException {
        byte[] source = Files.readAllBytes(clone.resolve("e2e").resolve(file));
        int start = new String(source, StandardCharsets.ISO_8859_1)
                .indexOf(new String(before.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        Patch patch = new Patch(
                file,
                new Patch.Range(start, start + before.getBytes(StandardCharsets.UTF_8).length),
                before,
                after,
                new Patch.Definition(DefinitionKind.CALL, "", new CallSite(file, 2, 14), List.of()));
        HealEvent event = new HealEvent(
                new HealSubject("id-1", file, 2, "locator-not-found", Optional.of("http://shop/cart?session=abc")),
                new HealLocator(before, Optional.of(after), "test-id", Map.of("test-id", 0.61, "text", 0.2)),
                new HealDecision(0.973, "auto", "the only button with this text", Duration.ofMillis(80)),
                Optional.of(new HealVerification("failed", List.of("passed", "passed"), 3, true)),
                Optional.empty());
        return new ProvenHeal(event, List.of(patch), List.of("[desktop] › shop.spec.ts › buys"));
    }

    private ProvenHeal heal() throws IOException {
        return heal("tests/shop.spec.ts", "getByTestId('buy')", "getByTestId('add-to-cart')");
    }

    private static FixedBranch branch(FixOutcome outcome) {
        return outcome.match(Pushed::branch, AlreadyThere::branch, NotPushed::branch, n -> {
            throw new AssertionError(n.reason());
        });
    }

    private String onServer(String... arguments) throws Exception {
        return new Git(server.bare()).run(arguments);
    }

    @Nested
    class GivenOneProvenHeal {

        @Test
        void whenItIsPublished_thenTheServerHasABranchWithThisOneEdit() throws Exception {
            FixOutcome outcome = publish(heal());

            FixedBranch branch = branch(outcome);
            assertThat(outcome).isInstanceOf(Pushed.class);
            assertThat(outcome.message()).startsWith("pushed evenkeel/heal-").doesNotContain("word");
            assertThat(onServer("diff", "--numstat", "main", branch.name())).isEqualTo("1\t1\te2e/tests/shop.spec.ts");
            assertThat(onServer("show", branch.name() + ":e2e/tests/shop.spec.ts"))
                    .isEqualTo(SPEC.replace("'buy'", "'add-to-cart'").stripTrailing());
            assertThat(onServer("fsck", "--strict")).doesNotContain("error");
        }

        @Test
        void whenItIsPublished_thenTheCommitCarriesTheEvidence() throws Exception {
            FixedBranch branch = branch(publish(heal()));

            String message = onServer("log", "-1", "--format=%an <%ae> %at%n%B", branch.head());
            assertThat(message)
                    .contains(
                            "Evenkeel <evenkeel@localhost> " + NOW.getEpochSecond(),
                            "heal: getByTestId('buy') in shop.spec.ts",
                            "Where:      tests/shop.spec.ts:2",
                            "New:        getByTestId('add-to-cart')",
                            "Cause:      locator-not-found on http://shop/cart\n",
                            "Confidence: 0.97 (auto)",
                            "Signals:    test-id 0.61, text 0.20",
                            "without the patch: failed; with it: passed, passed",
                            "* [desktop] › shop.spec.ts › buys",
                            "To reject this heal")
                    .doesNotContain("session");
        }

        @Test
        void whenTheUserHasUncommittedWork_thenItIsNeitherTouchedNorCommitted() throws Exception {
            Files.writeString(clone.resolve("notes.txt"), "mine");
            Files.writeString(clone.resolve("staged.txt"), "staged");
            git.run("add", "staged.txt");
            String status = git.run("status", "--porcelain", "--branch"); // may refresh the index, so it comes first
            byte[] index = Files.readAllBytes(clone.resolve(".git/index"));

            FixedBranch branch = branch(publish(heal()));

            assertThat(clone.resolve(".git/index")).hasBinaryContent(index);
            assertThat(git.run("status", "--porcelain", "--branch")).isEqualTo(status);
            assertThat(git.run("rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("main");
            assertThat(Files.readString(clone.resolve("e2e/tests/shop.spec.ts")))
                    .isEqualTo(SPEC);
            assertThat(git.run("diff", "--name-only", "main", branch.name())).isEqualTo("e2e/tests/shop.spec.ts");
        }

        @Test
        void whenItIsPublishedTwice_thenTheBranchIsThereAlready() throws Exception {
            FixedBranch first = branch(publish(heal()));

            FixOutcome second = publish(heal());

            assertThat(second).isInstanceOf(AlreadyThere.class);
            assertThat(branch(second).head()).isEqualTo(first.head());
        }

        @Test
        void whenAnotherExecutorPublishedTheSame_thenItsBranchIsUsed() throws Exception {
            FixedBranch first = branch(publish(heal()));
            git.run("update-ref", "-d", "refs/heads/" + first.name());
            git.run("-c", "gc.pruneExpire=now", "gc", "-q", "--prune=now");

            FixOutcome second = new FixBranch(FixSettings.standard(GitCredentials.none()))
                    .publish(clone.resolve("e2e"), List.of(heal()), NOW.plusSeconds(60));

            assertThat(second).isInstanceOf(AlreadyThere.class);
            assertThat(branch(second).head()).isEqualTo(first.head());
            assertThat(clone.resolve(".git/FETCH_HEAD")).doesNotExist();
        }

        @Test
        void whenSomebodyChangedTheBranch_thenAnotherNameIsTakenAndTheirWorkStays() throws Exception {
            FixedBranch first = branch(publish(heal()));
            git.run("checkout", "-q", first.name());
            commit("e2e/tests/other.spec.ts", "// by a reviewer");
            git.run("push", "-q", "origin", first.name());
            git.run("checkout", "-q", "main");
            git.run("branch", "-q", "-D", first.name());
            String theirs = onServer("rev-parse", first.name());

            FixedBranch second = branch(publish(heal()));

            assertThat(second.name()).isEqualTo(first.name() + "-2");
            assertThat(onServer("rev-parse", first.name())).isEqualTo(theirs);
        }
    }

    @Nested
    class GivenSeveralRootCauses {

        @Test
        void whenTheyEditOneFile_thenEachIsACommitOfItsOwn() throws Exception {
            FixedBranch branch = branch(publish(
                    heal(
                            "tests/shop.spec.ts",
                            "locator('#pay')",
                            "getByRole('button', { name: 'Bezahlen für später' })"),
                    heal()));

            assertThat(branch.commits()).isEqualTo(2);
            assertThat(onServer("log", "--format=%s", "main.." + branch.name()).lines())
                    .containsExactly(
                            "heal: getByTestId('buy') in shop.spec.ts", "heal: locator('#pay') in shop.spec.ts");
            assertThat(onServer("show", branch.name() + ":e2e/tests/shop.spec.ts"))
                    .contains("getByTestId('add-to-cart')", "Bezahlen für später");
            assertThat(onServer("show", branch.name() + "~1:e2e/tests/shop.spec.ts"))
                    .contains("getByTestId('buy')");
        }

        @Test
        void whenTwoEditTheSamePlaceDifferently_thenTheSecondIsSkippedWithTheReason() throws Exception {
            FixedBranch branch =
                    branch(publish(heal(), heal("tests/shop.spec.ts", "getByTestId('buy')", "getByText('Buy')")));

            assertThat(branch.commits()).isEqualTo(1);
            assertThat(branch.skipped())
                    .singleElement()
                    .satisfies(s -> assertThat(s.reason()).contains("same place"));
        }
    }

    @Nested
    class GivenFilesThatAreNotPlain {

        @Test
        void whenAFileHasCarriageReturnsInTheRepository_thenTheyStay() throws Exception {
            commit("e2e/tests/crlf.spec.ts", "a();\r\nfind('x');\r\nb();\r\n");

            FixedBranch branch = branch(publish(heal("tests/crlf.spec.ts", "find('x')", "find('y')")));

            byte[] blob = Files.readAllBytes(checkout(branch).resolve("e2e/tests/crlf.spec.ts"));
            assertThat(new String(blob, StandardCharsets.UTF_8)).isEqualTo("a();\r\nfind('y');\r\nb();\r\n");
        }

        @Test
        void whenGitConvertsLineEndings_thenTheCommittedOnesStay() throws Exception {
            commit("e2e/tests/win.spec.ts", "a();\nfind(\n'x');\nb();\n");
            git.run("config", "core.autocrlf", "true");
            Files.delete(clone.resolve("e2e/tests/win.spec.ts"));
            git.run("checkout", "e2e/tests/win.spec.ts");
            assertThat(Files.readString(clone.resolve("e2e/tests/win.spec.ts"))).contains("\r\n");

            FixedBranch branch = branch(publish(heal("tests/win.spec.ts", "find(\r\n'x')", "find(\r\n'y')")));

            assertThat(onServer("show", branch.name() + ":e2e/tests/win.spec.ts"))
                    .isEqualTo("a();\nfind(\n'y');\nb();");
        }

        @Test
        void whenAFileIsExecutableOrBeginsWithAByteOrderMark_thenModeAndMarkStay() throws Exception {
            Path file = clone.resolve("e2e/run.ts");
            Files.writeString(file, "\uFEFF#!/usr/bin/env node\nfind('x')");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            git.run("add", "e2e/run.ts");
            git.run("commit", "-q", "-m", "run");

            FixedBranch branch = branch(publish(heal("run.ts", "find('x')", "find('y')")));

            assertThat(onServer("ls-tree", branch.name(), "e2e/run.ts")).startsWith("100755");
            assertThat(onServer("show", branch.name() + ":e2e/run.ts"))
                    .startsWith("\uFEFF#!")
                    .endsWith("find('y')");
        }

        @Test
        void whenAFileHasUncommittedChanges_thenTheHealIsRefused() throws Exception {
            Files.writeString(clone.resolve("e2e/tests/shop.spec.ts"), "// mine\n" + SPEC);

            FixOutcome outcome = publish(heal());

            assertThat(outcome).isInstanceOf(NotMade.class);
            assertThat(outcome.message()).contains("not committed", "Commit them");
        }

        @Test
        void whenAFileIsNotInTheRepository_thenTheHealIsRefused() throws Exception {
            Files.writeString(clone.resolve("e2e/tests/new.spec.ts"), "find('x')");

            assertThat(publish(heal("tests/new.spec.ts", "find('x')", "find('y')"))
                            .message())
                    .contains("is not in the commit");
        }

        @Test
        void whenAFileIsALinkOutOfTheRepository_thenTheHealIsRefused() throws Exception {
            Files.writeString(folder.resolve("outside.ts"), "find('x')");
            Files.createSymbolicLink(clone.resolve("e2e/link.ts"), folder.resolve("outside.ts"));

            assertThat(publish(heal("link.ts", "find('x')", "find('y')")).message())
                    .contains("outside of the repository");
        }

        private Path checkout(FixedBranch branch) throws Exception {
            new Git(folder)
                    .run("clone", "-q", "--branch", branch.name(), server.bare().toString(), "check");
            return folder.resolve("check");
        }
    }

    @Nested
    class GivenCheckoutsAsCiSystemsMakeThem {

        @Test
        void whenHeadIsDetached_thenTheBranchBeginsThere() throws Exception {
            git.run("checkout", "-q", "--detach");

            assertThat(publish(heal())).isInstanceOf(Pushed.class);
            assertThat(GitContext.of(clone)).hasValueSatisfying(context -> {
                assertThat(context.branch()).isEmpty();
                assertThat(context.commit()).hasSize(40);
            });
        }

        @Test
        void whenTheCloneIsShallowAndTheRemoteHasMovedOn_thenTheBranchIsPushed() throws Exception {
            commit("e2e/second.ts", "second");
            git.run("push", "-q", "origin", "main");
            new Git(folder).run("clone", "-q", "--depth", "1", server.urlWithPassword(), "shallow");
            commit("e2e/third.ts", "third");
            git.run("push", "-q", "origin", "main");
            clone = folder.resolve("shallow").toRealPath();

            FixedBranch branch = branch(publish(heal()));

            assertThat(onServer("log", "--format=%s", branch.name()).lines()).hasSize(3);
            assertThat(onServer("fsck", "--full")).doesNotContain("missing");
        }

        @Test
        void whenTheCheckoutIsALinkedWorkTree_thenTheBranchIsPushed() throws Exception {
            git.run("worktree", "add", "-q", folder.resolve("tree").toString(), "-b", "feature");
            clone = folder.resolve("tree").toRealPath();

            assertThat(publish(heal())).isInstanceOf(Pushed.class);
            assertThat(GitContext.of(clone.resolve("e2e")))
                    .hasValueSatisfying(context -> assertThat(context.branch()).isEqualTo("feature"));
        }
    }

    @Nested
    class GivenAProjectWithASubmodule {

        @BeforeEach
        void add() throws Exception {
            Path library = Files.createDirectory(folder.resolve("library"));
            new Git(library).run("init", "-q", "-b", "main");
            Files.writeString(library.resolve("page.ts"), SPEC);
            new Git(library).run("add", "page.ts");
            new Git(library).run("commit", "-q", "-m", "library");
            git.run("-c", "protocol.file.allow=always", "submodule", "add", "-q", library.toString(), "e2e/library");
            git.run("commit", "-q", "-m", "add the library");
            git.run("push", "-q", "origin", "main");
        }

        @Test
        void whenItsOwnFileIsHealed_thenTheSubmoduleStaysWhereItWas() throws Exception {
            FixedBranch branch = branch(publish(heal()));

            assertThat(onServer("diff", "--name-only", "main", branch.name())).isEqualTo("e2e/tests/shop.spec.ts");
            assertThat(onServer("ls-tree", branch.name(), "e2e/library")).startsWith("160000 commit");
        }

        @Test
        void whenAFileOfTheSubmoduleIsHealed_thenItIsSaidWhereToHealIt() throws Exception {
            FixOutcome outcome = publish(heal("library/page.ts", "getByTestId('buy')", "getByTestId('add')"));

            assertThat(outcome).isInstanceOf(NotMade.class);
            assertThat(outcome.message()).contains("submodule e2e/library");
        }
    }

    @Nested
    class GivenFilesInLargeFileStorage {

        private static final String POINTER = """
            version https://git-lfs.github.com/spec/v1
            oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
            size 12345
            """;

        @BeforeEach
        void filter() throws Exception {
            commit("e2e/shot.png", POINTER);
            commit("e2e/large.ts", POINTER);
            commit(".gitattributes", "*.png filter=lfs -text\nlarge.ts filter=lfs -text\n");
            // A filter that would break anything that calls it.
            git.run("config", "filter.lfs.smudge", "false");
            git.run("config", "filter.lfs.clean", "false");
            git.run("config", "filter.lfs.required", "true");
            git.run("push", "-q", "origin", "main");
        }

        @Test
        void whenAnotherFileIsHealed_thenThePointersStayAndNoFilterRuns() throws Exception {
            FixedBranch branch = branch(publish(heal()));

            assertThat(onServer("diff", "--name-only", "main", branch.name())).isEqualTo("e2e/tests/shop.spec.ts");
            assertThat(onServer("show", branch.name() + ":e2e/shot.png")).startsWith("version https://git-lfs");
        }

        @Test
        void whenTheFileItselfIsStoredThere_thenTheHealIsRefused() throws Exception {
            Files.writeString(clone.resolve("e2e/large.ts"), SPEC);

            FixOutcome outcome = publish(heal("large.ts", "getByTestId('buy')", "getByTestId('add')"));

            assertThat(outcome).isInstanceOf(NotMade.class);
            assertThat(outcome.message()).contains("Git LFS");
        }
    }

    @Nested
    class GivenTroubleWithTheRemote {

        @Test
        void whenThereIsNone_thenTheBranchIsLocal() throws Exception {
            git.run("remote", "remove", "origin");

            FixOutcome outcome = publish(heal());

            assertNotPushed(outcome, PushProblem.NO_REMOTE, "no remote origin");
        }

        @Test
        void whenThePasswordIsWrong_thenItIsSaidWithoutThePassword() throws Exception {
            git.run("remote", "set-url", "origin", server.url());

            FixOutcome outcome = publish(new GitCredentials("ci", Secret.of("hunter2")), heal());

            assertNotPushed(outcome, PushProblem.NOT_AUTHORIZED, "token that may write");
            assertThat(outcome.toString()).doesNotContain("hunter2");
        }

        @Test
        void whenCredentialsAreGiven_thenTheyWinOverThoseInTheAddress() throws Exception {
            git.run("remote", "set-url", "origin", server.url().replace("http://", "http://ci:old@"));

            FixOutcome outcome =
                    publish(new GitCredentials(GitHttpServer.USER, Secret.of(GitHttpServer.PASSWORD)), heal());

            assertThat(outcome).isInstanceOf(Pushed.class);
            assertThat(outcome.toString()).doesNotContain("old", GitHttpServer.PASSWORD);
        }

        @Test
        void whenTheServerIsReadOnly_thenItIsSaid() throws Exception {
            new Git(server.bare()).run("config", "http.receivepack", "false");

            assertNotPushed(publish(heal()), PushProblem.NOT_AUTHORIZED, "token that may write");
        }

        @Test
        void whenTheRepositoryIsNotThere_thenItIsSaid() throws Exception {
            git.run("remote", "set-url", "origin", server.urlWithPassword().replace("shop.git", "other.git"));

            assertNotPushed(publish(heal()), PushProblem.UNREACHABLE, "no repository");
        }

        @Test
        void whenNobodyListens_thenItIsSaid() throws Exception {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            git.run("remote", "set-url", "origin", "http://ci:hunter2@127.0.0.1:" + port + "/shop.git");

            FixOutcome outcome = publish(heal());

            assertNotPushed(outcome, PushProblem.UNREACHABLE, "no git server answers");
            assertThat(outcome.toString()).doesNotContain("hunter2");
        }

        @Test
        void whenTheOriginIsAFolder_thenItIsPushedToo() throws Exception {
            git.run("remote", "set-url", "origin", server.bare().toString());

            assertThat(publish(heal())).isInstanceOf(Pushed.class);
        }
    }

    /** A script in the place of ssh runs the command it is given on this machine: real git on both ends of a pipe. */
    @Nested
    class GivenARemoteOverSsh {

        private Path calls;

        @BeforeEach
        void standInForSsh() throws Exception {
            calls = folder.resolve("ssh-calls.txt");
            ssh("""
                while [ "$1" != git@forge.invalid ]; do shift; done
                shift
                eval "$*"
                """);
            git.run("remote", "set-url", "origin", "git@forge.invalid:" + server.bare());
        }

        private void ssh(String script) throws Exception {
            Path file = folder.resolve("ssh.sh");
            Files.writeString(file, "#!/bin/sh\necho \"$*\" >>'" + calls + "'\n" + script);
            assertThat(file.toFile().setExecutable(true)).isTrue();
            git.run("config", "core.sshCommand", file.toString());
        }

        @Test
        void whenPublished_thenGitItselfPushesTheBranch() throws Exception {
            FixOutcome outcome = publish(heal());

            assertThat(outcome).isInstanceOf(Pushed.class);
            assertThat(onServer("rev-parse", branch(outcome).name()))
                    .isEqualTo(branch(outcome).head());
            assertThat(Files.readString(calls)).contains("git-receive-pack");
            assertThat(outcome.toString()).contains("forge.invalid");
        }

        @Test
        void whenTheAddressHasAScheme_thenItIsPushedToo() throws Exception {
            git.run("remote", "set-url", "origin", "ssh://git@forge.invalid" + server.bare());

            assertThat(publish(heal())).isInstanceOf(Pushed.class);
        }

        @Test
        void whenPublishedTwice_thenTheBranchIsThereAlready() throws Exception {
            String first = branch(publish(heal())).head();
            git.run("branch", "-D", branch(publish(heal())).name());

            FixOutcome second = publish(heal());

            assertThat(second).isInstanceOf(AlreadyThere.class);
            assertThat(onServer("rev-parse", branch(second).name())).isEqualTo(first);
        }

        @Test
        void whenTheServerHasARuleAgainstIt_thenItsWordsAreShown() throws Exception {
            Path hook = server.bare().resolve("hooks/pre-receive");
            Files.createDirectories(hook.resolveSibling(""));
            Files.writeString(hook, "#!/bin/sh\necho 'nobody pushes on Saturdays' >&2\nexit 1\n");
            assertThat(hook.toFile().setExecutable(true)).isTrue();

            assertNotPushed(publish(heal()), PushProblem.REJECTED, "nobody pushes on Saturdays");
        }

        @Test
        void whenTheKeyIsNotAccepted_thenItIsSaidWhatToDo() throws Exception {
            ssh("echo 'git@forge.invalid: Permission denied (publickey).' >&2\nexit 255\n");

            assertNotPushed(publish(heal()), PushProblem.NOT_AUTHORIZED, "a key that may write");
        }

        @Test
        void whenNobodyListens_thenItIsSaid() throws Exception {
            ssh("echo 'ssh: connect to host forge.invalid port 22: Connection refused' >&2\nexit 255\n");

            assertNotPushed(publish(heal()), PushProblem.UNREACHABLE, "Connection refused");
        }
    }

    private void assertNotPushed(FixOutcome outcome, PushProblem problem, String reason) throws Exception {
        assertThat(outcome).isInstanceOf(NotPushed.class);
        outcome.match(
                p -> true,
                a -> true,
                notPushed -> {
                    assertThat(notPushed.problem()).isEqualTo(problem);
                    assertThat(notPushed.reason()).contains(reason);
                    return true;
                },
                m -> true);
        assertThat(git.run("rev-parse", branch(outcome).name()))
                .isEqualTo(branch(outcome).head());
    }

    @Nested
    class GivenNoUsableRepository {

        @Test
        void whenTheFolderIsInNone_thenNothingIsMade() throws Exception {
            Path plain = Files.createDirectories(folder.resolve("plain/e2e/tests"));
            Files.writeString(plain.resolve("shop.spec.ts"), SPEC);
            clone = folder.resolve("plain");

            assertNotMade(publish(heal()), BranchProblem.NO_REPOSITORY);
            assertThat(GitContext.of(clone)).isEmpty();
        }

        @Test
        void whenThereIsNoCommitYet_thenNothingIsMade() throws Exception {
            Path fresh = Files.createDirectories(folder.resolve("fresh/e2e/tests"));
            Files.writeString(fresh.resolve("shop.spec.ts"), SPEC);
            clone = folder.resolve("fresh").toRealPath();
            new Git(clone).run("init", "-q");

            assertNotMade(publish(heal()), BranchProblem.NO_COMMIT);
        }

        @Test
        void whenTheConfigurationIsBroken_thenNothingIsMade() throws Exception {
            Files.writeString(clone.resolve(".git/config"), "[remote \"origin\"\nurl = x");

            assertNotMade(publish(heal()), BranchProblem.NO_REPOSITORY);
        }

        @Test
        void whenABranchIsInTheWay_thenItIsPushedNevertheless() throws Exception {
            git.run("branch", "evenkeel");

            assertThat(publish(heal())).isInstanceOf(Pushed.class);
        }

        private void assertNotMade(FixOutcome outcome, BranchProblem problem) {
            assertThat(outcome).isInstanceOf(NotMade.class);
            outcome.match(p -> true, a -> true, n -> true, notMade -> {
                assertThat(notMade.problem()).isEqualTo(problem);
                assertThat(notMade.reason()).isNotBlank();
                return true;
            });
        }
    }

    @Nested
    class GivenTheContextOfACheckout {

        @Test
        void whenItIsRead_thenItHasBranchCommitAndTheAddressWithoutThePassword() throws Exception {
            GitContext context = GitContext.of(clone.resolve("e2e/tests")).orElseThrow();

            assertThat(context).isEqualTo(new GitContext(clone, git.run("rev-parse", "HEAD"), "main", server.url()));
        }
    }
}
