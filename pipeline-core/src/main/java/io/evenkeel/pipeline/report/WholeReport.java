package io.evenkeel.pipeline.report;

import io.evenkeel.pipeline.report.MergeOutcome.Merged;
import io.evenkeel.pipeline.report.MergeOutcome.NotMerged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes one HTML, JUnit and JSON report of a whole run from the blobs of its executors, with the project's own Playwright.
 *
 * <p>Each test stands once: what several executors ran, or left to each other, is brought together first. A blob that is
 * missing, broken or hostile is named, and the report is made from the others. One thread.
 */
public final class WholeReport {

    private final MergeRequest request;
    private final BlobArchive.Limits limits;
    private final List<String> notes = new ArrayList<>();

    private WholeReport(MergeRequest request, BlobArchive.Limits limits) {
        this.request = request;
        this.limits = limits;
    }

    /**
     * Makes the report.
     *
     * @throws IOException when the folder of the report cannot be written
     * @throws InterruptedException when the thread is interrupted; Playwright is stopped
     */
    public static MergeOutcome merge(MergeRequest request) throws IOException, InterruptedException {
        return merge(request, BlobArchive.Limits.DEFAULT);
    }

    static MergeOutcome merge(MergeRequest request, BlobArchive.Limits limits)
            throws IOException, InterruptedException {
        return new WholeReport(request, limits).run();
    }

    private record Usable(Path file, BlobIndex index) {}

    private MergeOutcome run() throws IOException, InterruptedException {
        List<Usable> readable = new ArrayList<>();
        TreeSet<String> missing = new TreeSet<>(request.expected());
        for (Path blob : request.blobs()) {
            index(blob).ifPresent(r -> {
                readable.add(r);
                missing.remove(executor(blob));
            });
        }
        missing.forEach(executor ->
                notes.add("There is no blob report of executor " + executor + ": its tests are only in summary.json."));
        if (readable.isEmpty()) {
            return new NotMerged("No executor left a usable blob report. Look at summary.json for the results.", notes);
        }
        Path target = request.target().toAbsolutePath().normalize();
        Files.createDirectories(target.getParent());
        Path work = Files.createTempDirectory(target.getParent(), ".report-");
        try {
            return merge(readable, work, target);
        } finally {
            Folders.delete(work);
        }
    }

    private static String executor(Path blob) {
        return blob.getFileName().toString().replaceFirst("\\.zip$", "");
    }

    private Optional<Usable> index(Path blob) throws IOException {
        try (BlobArchive archive = new BlobArchive(blob, limits)) {
            return Optional.of(new Usable(blob, BlobIndex.of(archive)));
        } catch (RefusedFileException e) {
            notes.add("The blob report " + blob.getFileName() + " was left out: " + e.getMessage() + ".");
            return Optional.empty();
        }
    }

    private MergeOutcome merge(List<Usable> readable, Path work, Path target) throws IOException, InterruptedException {
        List<BlobIndex> indexes = readable.stream().map(Usable::index).toList();
        Ownership ownership = new Ownership(indexes);
        Path blobs = Files.createDirectory(work.resolve("blobs"));
        rewrite(readable, new BlobRewriter(work, indexes, ownership), blobs);
        Path fresh = Files.createDirectory(work.resolve("report"));
        Optional<String> problem = new PlaywrightMerge(request, blobs).into(fresh, work.resolve("merge.log"));
        if (problem.isPresent()) {
            return new NotMerged(problem.get(), notes);
        }
        Folders.replace(fresh, target, work.resolve("old"));
        return new Merged(target, ownership.tests(), notes);
    }

    /** Every blob says the same folder afterwards, or Playwright refuses to merge them. */
    private void rewrite(List<Usable> readable, BlobRewriter rewriter, Path blobs) throws IOException {
        String rootDir = "";
        for (int b = 0; b < readable.size(); b++) {
            PathMapping paths = mapping(readable.get(b).index());
            rootDir = rootDir.isEmpty() ? mapped(paths, readable.get(b).index().rootDir) : rootDir;
            try (BlobArchive archive = new BlobArchive(readable.get(b).file(), limits)) {
                rewriter.split(b, archive, paths, rootDir);
            }
        }
        for (int b = 0; b < readable.size(); b++) {
            try (BlobArchive archive = new BlobArchive(readable.get(b).file(), limits)) {
                // Playwright up to 1.40 takes files that begin with "report" only, and sorts them by name.
                rewriter.pack(b, archive, blobs.resolve(String.format("report-%05d.zip", b)));
            }
        }
    }

    private PathMapping mapping(BlobIndex index) {
        String separator = request.target().getFileSystem().getSeparator();
        if (index.rootDir.isEmpty() || !index.separator.equals(separator)) {
            return PathMapping.NONE;
        }
        Path rootDir = Path.of(index.rootDir);
        if (index.configFile.isEmpty()) {
            return PathMapping.of(
                    rootDir.toString(), real(request.project().folder()).toString());
        }
        return PathMapping.between(
                rootDir.resolve(index.configFile),
                real(request.project().config()),
                real(request.project().folder()));
    }

    private static Path real(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static String mapped(PathMapping paths, String rootDir) {
        String json = new String(
                com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(rootDir));
        return BlobEvent.read("{\"path\":\"" + paths.apply(json) + "\"}")
                .path("path")
                .asText();
    }
}
