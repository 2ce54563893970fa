package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.spool.SpoolFolder;
import io.evenkeel.pipeline.spool.SpoolId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code .evenkeel} folder of a project; what lies where is docs/reference/files.md.
 *
 * <p>Immutable.
 *
 * @param root absolute
 */
public record WorkFolder(Path root) {

    /** Separates the run key from the share in the name of a spool. */
    private static final String SHARE = "_s";

    /** Separates the share from when it was begun. */
    private static final String START = ".r";

    private static final Pattern START_AND_PARTS = Pattern.compile("(\\.r[0-9a-z]+)?(\\.\\d+)*$");

    /** Ends the name of a spool that holds what was found out about broken locators; each attempt to heal a run has a number. */
    private static final Pattern HEALS = Pattern.compile("(.+)_h(\\d{1,6})");

    public WorkFolder {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Makes the folder, so that a place that cannot be written is known before anything runs.
     *
     * @throws IOException with a message for people
     */
    public void make() throws IOException {
        try {
            Files.createDirectories(root);
            Files.delete(Files.createTempFile(root, "write", ".probe"));
        } catch (IOException e) {
            String why = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
            String words = why != null
                    ? why
                    : e.getClass().getSimpleName().replaceAll("Exception$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
            throw new IOException(
                    "The folder for Evenkeel's files (" + root + ") cannot be written: " + words
                            + ". Make it a writable folder with room, or name another one with EVENKEEL_DIR.",
                    e);
        }
    }

    public Path plan() {
        return root.resolve("plan.json");
    }

    public Path shard(int index) {
        return root.resolve("shard-" + index + ".txt");
    }

    public Path timings() {
        return root.resolve("timings.json");
    }

    public Path quarantine() {
        return root.resolve("quarantine.json");
    }

    public Path references() {
        return root.resolve("references.json");
    }

    /** Returns the file that says which run the references were last learned from. */
    public Path learned() {
        return root.resolve("learned.json");
    }

    public Path summaryJson() {
        return root.resolve("summary.json");
    }

    public Path summaryMarkdown() {
        return root.resolve("summary.md");
    }

    public Path report() {
        return root.resolve("report");
    }

    public Path heal() {
        return root.resolve("heal");
    }

    public Path blobs() {
        return root.resolve("blob");
    }

    /** Returns the file that keeps what an executor of {@code local} prints. */
    public Path log(int executor) {
        return root.resolve("log").resolve("executor-" + executor + ".log");
    }

    public SpoolFolder spools() {
        return new SpoolFolder(root.resolve("spool"));
    }

    /**
     * Returns the spool of one start of a share. A CI runs a job again under the same run key, often on another machine: without a
     * name of its own its events would be taken for a repetition of those the coordinator has already.
     */
    public static SpoolId spool(String runKey, int shard, String executor, Instant begun) {
        return new SpoolId(runKey + SHARE + shard + start(begun), shard, executor);
    }

    /** Returns the spool of one start of an executor that has a name instead of a share, as those of a queue may. */
    public static SpoolId spool(String runKey, String executor, Instant begun) {
        String clean = executor.replaceAll("[^A-Za-z0-9-]", "-");
        return new SpoolId(runKey + SHARE + "0-" + clean + start(begun), 0, executor);
    }

    /** To the microsecond: a CI starts its executors in one moment, and two that were given the same number must not have one name. */
    private static String start(Instant begun) {
        return START + Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, begun), 36);
    }

    /** Returns whether two spools hold the same share of the same run, whichever start of it and whichever part. */
    public static boolean isSameShare(String spoolName, String otherName) {
        return START_AND_PARTS
                .matcher(spoolName)
                .replaceFirst("")
                .equals(START_AND_PARTS.matcher(otherName).replaceFirst(""));
    }

    /** Returns the spool of an attempt to heal a run, counted from 1. */
    public static SpoolId healSpool(String runKey, int attempt) {
        return new SpoolId(runKey + "_h" + attempt, 0, "heal");
    }

    /** Returns whether a spool holds healing events only, and is no executor's. */
    public static boolean isHealSpool(String spoolName) {
        return HEALS.matcher(spoolName).matches();
    }

    /** Returns the run key in the name of a spool, the whole name for one that another tool has named. */
    public static String runOf(String spoolName) {
        Matcher heals = HEALS.matcher(spoolName);
        if (heals.matches()) {
            return heals.group(1);
        }
        int share = spoolName.lastIndexOf(SHARE);
        return share > 0 ? spoolName.substring(0, share) : spoolName;
    }

    /** Returns the number of the share in the name of a spool, 0 when there is none. */
    public static int shardOf(String spoolName) {
        String rest = spoolName.substring(Math.max(0, spoolName.lastIndexOf(SHARE)));
        return rest.matches(SHARE + "\\d{1,6}(\\..*)?")
                ? Integer.parseInt(rest.substring(SHARE.length()).replaceFirst("\\..*", ""))
                : 0;
    }

    /**
     * Writes a file so that a reader never sees half of it.
     *
     * @throws IOException when there is no room or the folder cannot be written
     */
    public static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("There is no folder for " + file);
        }
        Files.createDirectories(folder);
        // Not Files.createTempFile: its files are for their owner only, and a later job may be somebody else.
        Path temporary = folder.resolve(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.writeString(temporary, text, StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
