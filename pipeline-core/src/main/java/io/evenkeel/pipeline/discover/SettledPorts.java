package io.evenkeel.pipeline.discover;

import io.evenkeel.pipeline.discover.DiscoveryOutcome.Found;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists a suite and finds out which ports of its web servers are really fixed.
 *
 * <p>A port that is another one when the suite is listed again is chosen at run time, and such a server can run any number of times. The second
 * listing runs beside the first where the configuration seems to start a server, so that it costs no time. One thread.
 */
public final class SettledPorts {

    private static final Pattern CONFIG = Pattern.compile(".*config\\.[cm]?[jt]s");
    private static final int LARGEST_CONFIG = 1 << 20;

    private final Function<RunCommand, DiscoveryOutcome> list;

    /**
     * @param list lists the tests of a command; called from two threads
     */
    public SettledPorts(Function<RunCommand, DiscoveryOutcome> list) {
        this.list = list;
    }

    /** Lists the tests of a command; a server whose port is not fixed has port 0 in the answer. */
    public DiscoveryOutcome discover(RunCommand command) {
        Optional<CompletableFuture<DiscoveryOutcome>> beside = seemsToStartServer(command.folder())
                ? Optional.of(CompletableFuture.supplyAsync(
                        () -> list.apply(command), task -> new Thread(task, "evenkeel-list").start()))
                : Optional.empty();
        DiscoveryOutcome first = list.apply(command);
        Optional<DiscoveryOutcome> second = beside.map(CompletableFuture::join);
        return first.match(
                found -> found.suite().webServers().stream()
                                .noneMatch(server -> server.fixedPort().isPresent())
                        ? found
                        : settled(found.suite(), second.orElseGet(() -> list.apply(command))),
                failed -> failed);
    }

    private static DiscoveryOutcome settled(Suite suite, DiscoveryOutcome again) {
        List<WebServer> others = again.match(found -> found.suite().webServers(), failed -> suite.webServers());
        List<WebServer> servers = new ArrayList<>();
        for (int i = 0; i < suite.webServers().size(); i++) {
            WebServer server = suite.webServers().get(i);
            boolean same = i >= others.size() || others.get(i).port() == server.port();
            servers.add(same ? server : new WebServer(server.command(), 0));
        }
        return new Found(new Suite(suite.config(), suite.projects(), suite.tests(), suite.setUp(), servers));
    }

    /** Only a guess: a server that is set up elsewhere is found by listing a second time afterwards. */
    private static boolean seemsToStartServer(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> CONFIG.matcher(file.toString()).matches())
                    .anyMatch(SettledPorts::namesServer);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean namesServer(Path config) {
        try (var in = Files.newInputStream(config)) {
            return new String(in.readNBytes(LARGEST_CONFIG), StandardCharsets.UTF_8).contains("webServer");
        } catch (IOException e) {
            return false;
        }
    }
}
