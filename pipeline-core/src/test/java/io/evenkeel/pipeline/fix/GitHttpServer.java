package io.evenkeel.pipeline.fix;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.resolver.FileResolver;

/** A real git server over smart HTTP, with one bare repository {@code shop.git} and one user. */
final class GitHttpServer implements AutoCloseable {

    /** Held, because loggers that nobody holds forget their level. */
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    static final String USER = "ci";
    static final String PASSWORD = "p@ss/word";

    private final Server server;
    private final Path bare;

    private GitHttpServer(Server server, Path bare) {
        this.server = server;
        this.bare = bare;
    }

    /**
     * Starts a server.
     *
     * @param receivePack value of {@code http.receivepack}: {@code true} or {@code false}
     */
    static GitHttpServer start(Path folder, String receivePack) throws Exception {
        Path bare = folder.resolve("shop.git");
        try (Repository repository =
                new FileRepositoryBuilder().setGitDir(bare.toFile()).setBare().build()) {
            repository.create(true);
            repository.updateRef("HEAD").link("refs/heads/main");
            StoredConfig config = repository.getConfig();
            config.setString("http", null, "receivepack", receivePack);
            config.save();
        }
        JETTY.setLevel(Level.WARNING);
        GitServlet git = new GitServlet();
        git.setRepositoryResolver(new FileResolver<>(folder.toFile(), true));
        Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(git), "/*");
        context.addFilter(new FilterHolder(new BasicLogin()), "/*", EnumSet.of(jakarta.servlet.DispatcherType.REQUEST));
        server.setHandler(context);
        server.start();
        return new GitHttpServer(server, bare);
    }

    String url() {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return "http://127.0.0.1:" + port + "/shop.git";
    }

    /** Returns the address with the user's password in it. */
    String urlWithPassword() {
        return url().replace("http://", "http://" + USER + ":p%40ss%2Fword@");
    }

    Path bare() {
        return bare;
    }

    @Override
    public void close() throws Exception {
        server.stop();
        RepositoryCache.clear();
    }

    private static final class BasicLogin implements Filter {

        private static final String EXPECTED =
                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest http = (HttpServletRequest) request;
            if (!EXPECTED.equals(http.getHeader("Authorization"))) {
                HttpServletResponse answer = (HttpServletResponse) response;
                answer.setHeader("WWW-Authenticate", "Basic realm=\"git\"");
                answer.sendError(401);
                return;
            }
            chain.doFilter(
                    new HttpServletRequestWrapper(http) {
                        @Override
                        public String getRemoteUser() {
                            return USER; // JGit takes pushes of known users only
                        }
                    },
                    response);
        }
    }
}
