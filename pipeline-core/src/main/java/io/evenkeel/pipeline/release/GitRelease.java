package io.evenkeel.pipeline.release;

import io.evenkeel.pipeline.verify.GoodRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.IndexDiff;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A commit as a release: the files in which the work tree differs from it are written or deleted in the copy.
 *
 * <p>One thread.
 *
 * @param root root of the project that was copied
 * @param commit name of the commit, a hash as a rule
 */
public record GitRelease(Path root, String commit) implements GoodRelease {

    private static final int LARGEST = 64 << 20;

    @Override
    public Optional<String> layOver(Path copy) {
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(root.toFile());
        if (builder.getGitDir() == null) {
            return Optional.of("the project is in no git repository");
        }
        try (Repository repository = builder.setMustExist(true).build()) {
            Optional<RevCommit> found = find(repository);
            if (found.isEmpty() || repository.isBare()) {
                return Optional.of("the commit " + abbreviated()
                        + " of the last good release is not in this clone (fetch the whole history)");
            }
            if (!repository.getWorkTree().toPath().toRealPath().equals(root)) {
                return Optional.of("the project is not the root of its git work tree");
            }
            return layOver(repository, found.get(), copy);
        } catch (MissingObjectException e) {
            return Optional.of(
                    "files of the commit " + abbreviated() + " are not in this clone (fetch it without a filter)");
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("the commit " + abbreviated() + " cannot be read: " + e.getMessage());
        }
    }

    private String abbreviated() {
        return commit.matches("[0-9a-f]{40}") ? commit.substring(0, 8) : commit;
    }

    private Optional<RevCommit> find(Repository repository) throws IOException {
        ObjectId id = repository.resolve(commit + "^{commit}");
        if (id == null) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            return Optional.of(walk.parseCommit(id));
        }
    }

    private Optional<String> layOver(Repository repository, RevCommit good, Path copy) throws IOException {
        IndexDiff difference = new IndexDiff(repository, good, new FileTreeIterator(repository));
        difference.diff();
        Set<String> paths = new TreeSet<>(difference.getAdded());
        paths.addAll(difference.getChanged());
        paths.addAll(difference.getRemoved());
        paths.addAll(difference.getModified());
        paths.addAll(difference.getMissing());
        if (paths.isEmpty()) {
            return Optional.of("the last good release, " + abbreviated() + ", is the one the tests failed on");
        }
        Path home = copy.toRealPath();
        try (ObjectReader reader = repository.newObjectReader()) {
            for (String path : paths) {
                lay(repository, reader, good, home, path);
            }
        }
        return Optional.empty();
    }

    private static void lay(Repository repository, ObjectReader reader, RevCommit good, Path home, String path)
            throws IOException {
        Path file = home.resolve(path).normalize();
        if (!file.startsWith(home) || Files.isSymbolicLink(file) || !inside(file, home)) {
            return;
        }
        try (TreeWalk walk = TreeWalk.forPath(repository, path, good.getTree())) {
            if (walk == null) {
                Files.deleteIfExists(file);
                return;
            }
            FileMode mode = walk.getFileMode(0);
            if (mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE) {
                Path folder = file.getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                if (Files.exists(file)) {
                    file.toFile().setWritable(true);
                }
                Files.write(file, reader.open(walk.getObjectId(0)).getCachedBytes(LARGEST));
                file.toFile().setExecutable(mode == FileMode.EXECUTABLE_FILE);
            }
        }
    }

    /** Nothing is written through a link that leads out of the copy. */
    private static boolean inside(Path file, Path home) throws IOException {
        for (Path at = file.getParent(); at != null && at.startsWith(home); at = at.getParent()) {
            if (Files.exists(at)) {
                return at.toRealPath().startsWith(home);
            }
        }
        return false;
    }
}
