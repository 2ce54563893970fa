package io.evenkeel.pipeline.fix;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.URIish;

/**
 * Where a project stands in its git repository.
 *
 * <p>Immutable.
 *
 * @param workTree root of the checkout, with symbolic links resolved
 * @param commit full hash of HEAD; empty before the first commit
 * @param branch name without {@code refs/heads/}; empty when HEAD is detached, as most CI systems leave it
 * @param remote address of {@code origin} without user and password; empty when there is none
 */
public record GitContext(Path workTree, String commit, String branch, String remote) {

    /** Returns where the folder stands; empty if it is in no git repository, or in one that cannot be read. */
    public static Optional<GitContext> of(Path folder) {
        try {
            Optional<IsolatedRepository> found = IsolatedRepository.around(folder.toRealPath());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            try (IsolatedRepository repository = found.get()) {
                return Optional.of(read(repository));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static GitContext read(Repository repository) throws IOException {
        ObjectId head = repository.resolve(Constants.HEAD);
        String full = repository.getFullBranch();
        String branch = full != null && full.startsWith(Constants.R_HEADS) ? Repository.shortenRefName(full) : "";
        String remote = repository.getConfig().getString("remote", "origin", "url");
        return new GitContext(
                repository.getWorkTree().toPath().toRealPath(),
                head == null ? "" : head.getName(),
                branch,
                remote == null ? "" : withoutUser(remote));
    }

    /** Returns the address without user and password. */
    static String withoutUser(String address) {
        try {
            URIish uri = new URIish(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web
                    ? uri.setUser(null).setPass(null).toString()
                    : uri.setPass(null).toString();
        } catch (URISyntaxException e) {
            return address.replaceFirst("//[^/]*@", "//");
        }
    }
}
