package io.evenkeel.pipeline.fix;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A repository whose configuration is its own alone.
 *
 * <p>What a user or a machine has set up for everything (signing, rewritten addresses, headers, line endings) would make the same
 * heal look different on each executor. The repository's own configuration counts: CI checkouts leave the credentials there.
 */
final class IsolatedRepository extends FileRepository {

    private final FileBasedConfig own;

    private IsolatedRepository(BaseRepositoryBuilder<?, ?> builder) throws IOException {
        super(builder);
        this.own = new FileBasedConfig(null, new File(getCommonDirectory(), "config"), getFS());
        try {
            own.load();
        } catch (ConfigInvalidException e) {
            close();
            throw new IOException("its file config cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Opens the repository with the work tree this folder lies in.
     *
     * @return empty if there is none
     * @throws IOException if there is one that cannot be read
     */
    static Optional<IsolatedRepository> around(Path folder) throws IOException {
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(folder.toFile());
        if (builder.getGitDir() == null) {
            return Optional.empty();
        }
        IsolatedRepository repository;
        try {
            builder.setMustExist(true).setup();
            repository = new IsolatedRepository(builder);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e); // how JGit reports a broken configuration
        }
        if (repository.isBare()) {
            repository.close();
            return Optional.empty();
        }
        return Optional.of(repository);
    }

    @Override
    public FileBasedConfig getConfig() {
        return own == null ? super.getConfig() : own; // the superclass asks before this class is built
    }
}
