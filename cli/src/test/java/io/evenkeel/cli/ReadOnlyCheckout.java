package io.evenkeel.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A project that {@code evenkeel} and all it starts cannot write, while the test still can.
 *
 * <p>Permissions do not count for root: its programs get a mount namespace of their own, in which the folder is read-only and which
 * ends with them. Anybody else's permissions are taken away as long as a program runs.
 */
final class ReadOnlyCheckout {

    /** The working directory was opened before the mount: without a change to it, it would still be the writable folder. */
    private static final List<String> MOUNTED = List.of(
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && cd \"$0\" && exec \"$@\"");

    private final RunCommand project;
    private final List<String> starter;

    private ReadOnlyCheckout(RunCommand project, List<String> starter) {
        this.project = project;
        this.starter = starter;
    }

    /** Returns the project as a read-only checkout; the test that asks is skipped where none can be had. */
    static ReadOnlyCheckout of(RunCommand project) throws IOException, InterruptedException {
        List<String> mounting = new ArrayList<>(MOUNTED);
        mounting.add(project.folder().toString());
        for (List<String> starter : List.of(mounting, List.<String>of())) {
            ReadOnlyCheckout checkout = new ReadOnlyCheckout(project, List.copyOf(starter));
            if (checkout.holds()) {
                return checkout;
            }
        }
        return abort(
                "neither a mount namespace (unshare, mount) nor permissions (chmod) keep this user from writing a folder");
    }

    private boolean holds() throws IOException, InterruptedException {
        try {
            return run(Map.of(), List.of("sh", "-c", "test ! -w .")).exitCode() == 0;
        } catch (IOException e) {
            return false; // there is no such program here
        }
    }

    /** Returns the system's words for what keeps a program from writing. */
    String reason() {
        return starter.isEmpty() ? "access denied" : "read-only file system";
    }

    /** Runs {@code evenkeel} from the jar of this build. */
    Command evenkeel(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(Command.java("target/evenkeel.jar"));
        words.addAll(List.of(arguments));
        return run(environment, words);
    }

    private Command run(Map<String, String> environment, List<String> program)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(starter);
        words.addAll(program);
        permit("a-w");
        try {
            return Command.end(Command.start(words, project, environment));
        } finally {
            permit("u+w");
        }
    }

    private void permit(String mode) throws IOException, InterruptedException {
        if (starter.isEmpty()) {
            Command.end(
                    Command.start(List.of("chmod", "-R", mode, project.folder().toString()), project, Map.of()));
        }
    }
}
