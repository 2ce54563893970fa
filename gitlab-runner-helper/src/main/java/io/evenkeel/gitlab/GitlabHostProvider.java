package io.evenkeel.gitlab;

import io.evenkeel.pipeline.client.Pace;
import io.evenkeel.pipeline.host.CiHost;
import io.evenkeel.pipeline.host.HostProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the GitLab host on a GitLab runner. */
public final class GitlabHostProvider implements HostProvider {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @Override
    public Optional<CiHost> host(Map<String, String> env, Path folder, Consumer<String> log) {
        return GitlabEnvironment.read(env, folder)
                .map(environment -> new GitlabHost(environment, Pace.ofThisMachine(), PATIENCE));
    }
}
