package io.evenkeel.pipeline.host;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the host of one CI, when the environment is that CI's.
 *
 * <p>Found with {@link java.util.ServiceLoader}, because the jars for one forge leave the client of the other out.
 */
public interface HostProvider {

    /**
     * Returns the host this process runs on.
     *
     * @param env all environment variables
     * @param folder the work folder, {@code .evenkeel}
     * @param log takes lines for the job's log; some CIs read commands in it
     * @return empty when this is another CI, or none
     */
    Optional<CiHost> host(Map<String, String> env, Path folder, Consumer<String> log);
}
