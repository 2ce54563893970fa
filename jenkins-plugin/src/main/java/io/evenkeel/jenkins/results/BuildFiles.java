package io.evenkeel.jenkins.results;

import hudson.FilePath;
import hudson.model.Job;
import hudson.model.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import net.sf.json.JSONException;
import net.sf.json.JSONObject;

/**
 * The files a build keeps of one Playwright suite, in {@code evenkeel/<suite>} of its folder.
 *
 * <p>They are kept with the build and not in a step's state, so that a plan outlives restarts, replays and the workspace. Immutable.
 *
 * @param folder where they lie
 */
public record BuildFiles(Path folder) {

    /** A file that is larger was not written by Evenkeel for any suite that Playwright can run. */
    private static final long LARGEST = 256L << 20;

    /** How many earlier builds are asked for durations. */
    private static final int LOOK_BACK = 50;

    /** Returns the files of a suite in a build. */
    public static BuildFiles of(Run<?, ?> run, SuiteName suite) {
        return new BuildFiles(run.getRootDir().toPath().resolve("evenkeel").resolve(suite.slug()));
    }

    public Path plan() {
        return folder.resolve("plan.json");
    }

    /** Durations this build plans with; every share must see the same ones. */
    public Path timings() {
        return folder.resolve("timings.json");
    }

    /** Durations after this build, for the builds that follow. */
    public Path learned() {
        return folder.resolve("timings-learned.json");
    }

    public Path summary() {
        return folder.resolve("summary.json");
    }

    /** Markdown of the whole run, as it stands in a pull request. */
    public Path markdown() {
        return folder.resolve("summary.md");
    }

    /** The part of the summary that pages show. */
    public Path view() {
        return folder.resolve("view.json");
    }

    /**
     * Takes a file from an executor; replaces the one there is.
     *
     * @return false when the executor has none
     * @throws IOException when it is unreasonably large, or the disk is full
     */
    public boolean take(FilePath source, Path target) throws IOException, InterruptedException {
        if (!source.exists()) {
            return false;
        }
        if (source.length() > LARGEST) {
            throw new IOException(source.getRemote() + " is larger than " + (LARGEST >> 20) + " MiB.");
        }
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "part", ".tmp");
        try {
            source.copyTo(new FilePath(part.toFile()));
            move(part, target);
        } finally {
            Files.deleteIfExists(part);
        }
        return true;
    }

    /** Writes a file whole or not at all. */
    public void write(Path target, String text) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "part", ".tmp");
        try {
            Files.writeString(part, text, StandardCharsets.UTF_8);
            move(part, target);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Reads a JSON file.
     *
     * @throws IOException when it is missing or no JSON object
     */
    public static JSONObject read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is too large to be read.");
        }
        try {
            return JSONObject.fromObject(Files.readString(file, StandardCharsets.UTF_8));
        } catch (JSONException e) {
            throw new IOException(file + " is no JSON object: " + e.getMessage(), e);
        }
    }

    /**
     * Chooses the durations a build plans with, once: a build that ends meanwhile must not make two shares plan differently.
     *
     * @return the file, empty when no earlier build has any
     */
    public Optional<Path> chooseTimings(Run<?, ?> run, SuiteName suite) throws IOException {
        synchronized (run) {
            Path none = folder.resolve("no-timings");
            if (Files.exists(timings())) {
                return Optional.of(timings());
            }
            if (Files.exists(none)) {
                return Optional.empty();
            }
            Files.createDirectories(folder);
            Optional<Path> found = learnedBefore(run.getPreviousBuild(), suite).or(() -> learnedByTarget(run, suite));
            if (found.isPresent()) {
                Files.copy(found.get(), timings(), StandardCopyOption.REPLACE_EXISTING);
                return Optional.of(timings());
            }
            Files.createFile(none);
            return Optional.empty();
        }
    }

    private static Optional<Path> learnedBefore(Run<?, ?> latest, SuiteName suite) {
        Run<?, ?> build = latest;
        for (int i = 0; build != null && i < LOOK_BACK; i++, build = build.getPreviousBuild()) {
            Path file = of(build, suite).learned();
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The first build of a change request knows what its target branch knows. */
    private static Optional<Path> learnedByTarget(Run<?, ?> run, SuiteName suite) {
        Job<?, ?> job = run.getParent();
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        if (head instanceof ChangeRequestSCMHead change
                && job.getParent().getItem(change.getTarget().getName()) instanceof Job<?, ?> target) {
            return learnedBefore(target.getLastBuild(), suite);
        }
        return Optional.empty();
    }
}
