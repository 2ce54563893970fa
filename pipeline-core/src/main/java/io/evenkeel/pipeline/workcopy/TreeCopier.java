package io.evenkeel.pipeline.workcopy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Copies a project so that nothing in the copy writes into the original.
 *
 * <ul>
 *   <li>Packages are linked one by one, because a copy of {@code node_modules} would take minutes; packages that are links into the
 *       project itself (workspaces) are linked to their copies, so that a patched page object is the one that is used.
 *   <li>Links inside the project point to their copies, links that lead out of it stay as they are.
 *   <li>Not copied: git's own data, our own files, the output of former runs, and what the caller leaves out.
 * </ul>
 *
 * <p>One thread.
 */
final class TreeCopier extends SimpleFileVisitor<Path> {

    private static final String PACKAGES = "node_modules";
    private static final Set<String> NEVER = Set.of(".git", ".evenkeel");
    /** Folders that are output of Playwright where they stand beside a package or a configuration. */
    private static final Set<String> OUTPUT = Set.of("test-results", "playwright-report", "blob-report");
    /** What tools write into {@code node_modules} while they run. */
    private static final Set<String> CACHES = Set.of(".cache", ".vite", ".tmp");

    private final Path from;
    private final Path to;
    private final Set<Path> leftOut;
    private final WorkCopy.Limits limits;
    private final long end;
    private long files;
    private long bytes;

    TreeCopier(Path from, Path to, Set<Path> leftOut, WorkCopy.Limits limits) {
        this.from = from;
        this.to = to;
        this.leftOut = Set.copyOf(leftOut);
        this.limits = limits;
        this.end = System.nanoTime() + limits.time().toNanos();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        if (folder.equals(from)) {
            return FileVisitResult.CONTINUE;
        }
        String name = name(folder);
        if (NEVER.contains(name)
                || leftOut.contains(folder)
                || (OUTPUT.contains(name) && besidePackageOrConfig(folder))) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (name.equals(PACKAGES)) {
            linkPackages(folder, counterpart(folder));
            return FileVisitResult.SKIP_SUBTREE;
        }
        Files.createDirectories(counterpart(folder));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (NEVER.contains(name(file))) {
            return FileVisitResult.CONTINUE; // .git is a file in a linked work tree
        }
        if (attributes.isSymbolicLink()) {
            copyLink(file);
        } else if (attributes.isRegularFile()) {
            count(attributes.size());
            try {
                Files.copy(file, counterpart(file), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
            }
        }
        return FileVisitResult.CONTINUE; // sockets and pipes belong to running programs
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE; // vanished while we copied
        }
        throw new IOException(file + " cannot be read. Make it readable, or remove it.", e);
    }

    private void count(long size) throws IOException {
        files++;
        bytes += size;
        if (files > limits.files() || bytes > limits.bytes()) {
            throw new IOException("The project at " + from + " is too large for a work copy (more than "
                    + limits.files() + " files or " + (limits.bytes() >> 20) + " MiB besides " + PACKAGES + ").");
        }
        if (System.nanoTime() - end > 0) {
            throw new IOException("Copying the project at " + from + " took longer than the time there is.");
        }
    }

    private void linkPackages(Path packages, Path target) throws IOException {
        Files.createDirectories(target);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(packages)) {
            for (Path entry : entries) {
                String name = name(entry);
                if (CACHES.contains(name)) {
                    continue;
                }
                if (name.startsWith("@") && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    linkPackages(entry, target.resolve(name));
                } else {
                    Files.createSymbolicLink(target.resolve(name), packageTarget(entry));
                }
            }
        }
    }

    private Path packageTarget(Path entry) throws IOException {
        if (!Files.isSymbolicLink(entry) || !Files.exists(entry)) {
            return entry;
        }
        Path real = entry.toRealPath();
        boolean workspace = real.startsWith(from) && !contains(from.relativize(real), PACKAGES);
        return workspace ? counterpart(real) : entry;
    }

    private void copyLink(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        if (name(link).equals(PACKAGES) && Files.isDirectory(link)) {
            linkPackages(link.toRealPath(), counterpart(link));
            return;
        }
        Path absolute = link.resolveSibling(target).normalize();
        boolean inside = absolute.startsWith(from);
        if (inside && !target.isAbsolute()) {
            Files.createSymbolicLink(counterpart(link), target);
        } else {
            Files.createSymbolicLink(counterpart(link), inside ? counterpart(absolute) : absolute);
        }
    }

    private static boolean besidePackageOrConfig(Path folder) throws IOException {
        if (Files.exists(folder.resolveSibling("package.json"))) {
            return true;
        }
        try (DirectoryStream<Path> configs =
                Files.newDirectoryStream(folder.resolveSibling("."), "playwright*.config.*")) {
            return configs.iterator().hasNext();
        }
    }

    private static boolean contains(Path path, String name) {
        for (Path part : path) {
            if (part.toString().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private Path counterpart(Path original) {
        return to.resolve(from.relativize(original).toString());
    }
}
