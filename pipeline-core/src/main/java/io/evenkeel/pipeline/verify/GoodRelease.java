package io.evenkeel.pipeline.verify;

import java.nio.file.Path;
import java.util.Optional;

/** Port: the last release on which the tests passed. One thread. */
@FunctionalInterface
public interface GoodRelease {

    /**
     * Turns a copy of the project into that release; what git does not track, such as installed packages, stays.
     *
     * @param copy root of the copy
     * @return empty when done; else why it cannot be done, as a clause without a full stop
     */
    Optional<String> layOver(Path copy);

    /** Returns a release that cannot be had, for this reason. */
    static GoodRelease none(String reason) {
        return copy -> Optional.of(reason);
    }
}
