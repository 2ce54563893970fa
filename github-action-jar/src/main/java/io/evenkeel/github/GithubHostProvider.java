package io.evenkeel.github;

import io.evenkeel.pipeline.client.Pace;
import io.evenkeel.pipeline.host.CiHost;
import io.evenkeel.pipeline.host.HostProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the GitHub host on a GitHub runner. */
public final class GithubHostProvider implements HostProvider {

    /** A report job that waits longer than this for GitHub's limits costs more than a comment is worth. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @Override
    public Optional<CiHost> host(Map<String, String> env, Path folder, Consumer<String> log) {
        return GithubEnvironment.read(env)
                .map(environment -> new GithubHost(environment, log, Pace.ofThisMachine(), PATIENCE));
    }
}
