package io.evenkeel.pipeline.fix;

import io.evenkeel.healing.patch.Patch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Carries edits of files in the work tree over to the same files as they stand in a commit.
 *
 * <p>The two differ where git converts line endings at check-out; then the edit is converted too. Any other difference is an
 * uncommitted change: what was proven with it may not hold without it, so the edit is refused. One thread.
 */
final class HeadSources {

    private static final int LARGEST_SOURCE = 16 << 20;

    private final Repository repository;
    private final RevCommit commit;
    private final Path workTree;
    private final Path project;

    /**
     * @param project folder the files of the patches are relative to, with symbolic links resolved
     */
    HeadSources(Repository repository, RevCommit commit, Path workTree, Path project) {
        this.repository = repository;
        this.commit = commit;
        this.workTree = workTree;
        this.project = project;
    }

    /** Returns the edit in terms of the commit, or why there is none. */
    Carried carry(Patch patch) throws IOException {
        Path file;
        byte[] work;
        try {
            file = project.resolve(patch.file()).toRealPath();
            work = Files.readAllBytes(file);
        } catch (IOException e) {
            return new Refused(
                    patch.file() + " cannot be read. Maybe it was moved since the run; run the tests again.");
        }
        if (!file.startsWith(workTree)) {
            return new Refused(patch.file() + " lies outside of the repository, edit it by hand.");
        }
        String path = workTree.relativize(file).toString().replace('\\', '/');
        try (TreeWalk walk = TreeWalk.forPath(repository, path, commit.getTree());
                ObjectReader reader = repository.newObjectReader()) {
            if (walk == null) {
                Optional<String> submodule = submodule(path);
                if (submodule.isPresent()) {
                    return new Refused(path + " belongs to the submodule " + submodule.get()
                            + ", which has branches of its own. Heal it in its own repository.");
                }
                return new Refused(path + " is not in the commit "
                        + commit.abbreviate(8).name() + ". Add it to the repository and run again.");
            }
            FileMode mode = walk.getFileMode(0);
            if (mode != FileMode.REGULAR_FILE && mode != FileMode.EXECUTABLE_FILE) {
                return new Refused(path + " is no plain file in the repository, edit it by hand.");
            }
            byte[] committed = reader.open(walk.getObjectId(0)).getCachedBytes(LARGEST_SOURCE);
            if (isPointer(committed)) {
                return new Refused(path + " is kept in Git LFS, not in the repository; edit it by hand.");
            }
            return carry(patch, path, work, committed);
        } catch (MissingObjectException e) {
            return new Refused(path + " was not fetched with the clone. Fetch it with its content (no --filter).");
        } catch (LargeObjectException e) {
            return new Refused(path + " has more than " + (LARGEST_SOURCE >> 20) + " MiB, edit it by hand.");
        }
    }

    /** Returns the submodule the path lies in. */
    private Optional<String> submodule(String path) throws IOException {
        for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
            String folder = path.substring(0, end);
            try (TreeWalk walk = TreeWalk.forPath(repository, folder, commit.getTree())) {
                if (walk != null && walk.getFileMode(0) == FileMode.GITLINK) {
                    return Optional.of(folder);
                }
            }
        }
        return Optional.empty();
    }

    /** Source of the form: Git LFS specification, "The Pointer". */
    private static boolean isPointer(byte[] committed) {
        byte[] begin = bytes("version https://git-lfs.github.com/spec/");
        return committed.length < 1024
                && Arrays.equals(begin, Arrays.copyOf(committed, Math.min(begin.length, committed.length)));
    }

    private static Carried carry(Patch patch, String path, byte[] work, byte[] committed) {
        try {
            patch.applyTo(work);
        } catch (IllegalArgumentException e) {
            return new Refused(path + " changed since the run. Run the tests again.");
        }
        int start = patch.range().start();
        if (Arrays.equals(work, committed)) {
            return new Edit(path, committed, start, bytes(patch.before()), bytes(patch.after()));
        }
        if (Arrays.equals(unix(work), committed)) {
            int shifted = unix(Arrays.copyOf(work, start)).length;
            return new Edit(path, committed, shifted, unix(bytes(patch.before())), unix(bytes(patch.after())));
        }
        return new Refused(path + " has changes that are not committed. Commit them and run the tests again.");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the bytes as git stores them when it converts line endings: each CR LF becomes LF. */
    private static byte[] unix(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean dropped = bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n';
            if (!dropped) {
                result[length++] = bytes[i];
            }
        }
        return Arrays.copyOf(result, length);
    }

    /** An edit in terms of the commit, or the reason why there is none. */
    sealed interface Carried {
        <T> T match(Function<Edit, T> edit, Function<Refused, T> refused);
    }

    /**
     * A replacement of bytes in a committed file.
     *
     * <p>A class and not a record, because arrays have no value equality.
     */
    static final class Edit implements Carried {

        private final String path;
        private final byte[] committed;
        private final int start;
        private final byte[] before;
        private final byte[] after;

        Edit(String path, byte[] committed, int start, byte[] before, byte[] after) {
            this.path = path;
            this.committed = committed;
            this.start = start;
            this.before = before;
            this.after = after;
        }

        /** Path in the repository. */
        String path() {
            return path;
        }

        /** Content of the file in the commit; not to be changed. */
        byte[] committed() {
            return committed;
        }

        int start() {
            return start;
        }

        int end() {
            return start + before.length;
        }

        byte[] after() {
            return after;
        }

        boolean sameAs(Edit other) {
            return path.equals(other.path)
                    && start == other.start
                    && end() == other.end()
                    && Arrays.equals(after, other.after);
        }

        boolean overlaps(Edit other) {
            return path.equals(other.path) && start < other.end() && other.start < end();
        }

        @Override
        public <T> T match(Function<Edit, T> edit, Function<Refused, T> refused) {
            return edit.apply(this);
        }
    }

    /** No edit; the reason says what to do. */
    record Refused(String reason) implements Carried {
        @Override
        public <T> T match(Function<Edit, T> edit, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
