package io.evenkeel.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A way to the coordinator on which each answer takes its time, the first one not if so wished. Ends with {@link #close}: then nobody listens any more. */
final class SlowProxy implements Closeable {

    private final ServerSocket server;
    private final URI target;
    private final Duration delay;
    private final AtomicInteger quick;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "slow-proxy");
        thread.setDaemon(true);
        return thread;
    });

    private SlowProxy(URI target, Duration delay, int quick) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.delay = delay;
        this.quick = new AtomicInteger(quick);
    }

    static SlowProxy to(RealCoordinator coordinator, Duration delay) throws IOException {
        return to(coordinator, delay, 0);
    }

    /** The first answer comes at once, so that the client knows of the coordinator. */
    static SlowProxy afterTheFirstAnswer(RealCoordinator coordinator, Duration delay) throws IOException {
        return to(coordinator, delay, 1);
    }

    private static SlowProxy to(RealCoordinator coordinator, Duration delay, int quick) throws IOException {
        SlowProxy proxy = new SlowProxy(URI.create(coordinator.environment().get("EVENKEEL_URL")), delay, quick);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /** What a client of the coordinator has in its environment when it goes this way. */
    Map<String, String> environment(RealCoordinator coordinator) {
        Map<String, String> environment = new HashMap<>(coordinator.environment());
        environment.put("EVENKEEL_URL", "http://127.0.0.1:" + server.getLocalPort());
        return environment;
    }

    private void accept() {
        try {
            while (true) {
                Socket here = server.accept();
                sockets.add(here);
                Socket there = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
                sockets.add(there);
                AtomicBoolean asked = new AtomicBoolean();
                threads.execute(() -> pump(here, there, () -> asked.set(true)));
                threads.execute(() -> pump(there, here, () -> {
                    if (asked.getAndSet(false) && quick.getAndDecrement() <= 0) {
                        LockSupport.parkNanos(delay.toNanos());
                    }
                }));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void pump(Socket from, Socket to, Runnable beforeEach) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                beforeEach.run();
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one of the two has gone; so does the other
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
