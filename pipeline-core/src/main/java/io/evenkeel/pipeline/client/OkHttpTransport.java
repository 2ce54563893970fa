package io.evenkeel.pipeline.client;

import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * HTTP by OkHttp.
 *
 * <p>Each exchange runs on a thread of its own and is waited for with a time limit, because a host name that takes long to be
 * resolved can be interrupted by nothing else. Thread-safe.
 */
final class OkHttpTransport implements Transport {

    /** Longest body that is read, in bytes: a plan of 100,000 tests has about 5 MB. */
    static final long LONGEST_BODY = 64L << 20;

    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final HttpUrl base;
    private final Secret token;
    private final ExecutorService threads;
    private final OkHttpClient client;

    OkHttpTransport(HttpUrl base, Secret token) {
        this.base = base;
        this.token = token;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "evenkeel-client-" + count.incrementAndGet());
            thread.setDaemon(true); // a hanging coordinator must not keep the process alive
            return thread;
        });
        this.client = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(threads))
                .connectTimeout(Duration.ZERO) // the limit of the whole exchange is the only one
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .followRedirects(false) // a token is for one address
                .retryOnConnectionFailure(true)
                .build();
    }

    @Override
    public Optional<String> address() {
        return Optional.of(base.toString().replaceAll("/$", ""));
    }

    @Override
    public Reply exchange(Exchange exchange, Duration limit) {
        Call call = client.newCall(request(exchange));
        call.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException cause) {
                reply.complete(lost(cause));
            }

            @Override
            public void onResponse(Call answered, Response response) {
                try (response) {
                    reply.complete(read(response));
                } catch (IOException e) {
                    reply.complete(lost(e));
                }
            }
        });
        try {
            return reply.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.cancel();
            return late();
        } catch (InterruptedException e) {
            call.cancel();
            Thread.currentThread().interrupt();
            return new Reply.NoReply("the wait was interrupted");
        } catch (ExecutionException e) {
            call.cancel();
            return new Reply.NoReply(String.valueOf(e.getCause()));
        }
    }

    private Request request(Exchange exchange) {
        String prefix = base.toString();
        Request.Builder request = new Request.Builder().url(prefix.substring(0, prefix.length() - 1) + exchange.path());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token.reveal());
        }
        request.header("Accept", "application/json, application/problem+json");
        RequestBody body = exchange.payload()
                .match(
                        nothing -> RequestBody.create(new byte[0]),
                        json -> RequestBody.create(json.text().getBytes(StandardCharsets.UTF_8), JSON),
                        file -> RequestBody.create(file.file().toFile(), MediaType.parse(file.contentType())));
        boolean bodiless = exchange.method().equals("GET") || exchange.method().equals("HEAD");
        return request.method(exchange.method(), bodiless ? null : body).build();
    }

    private static Reply read(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(LONGEST_BODY + 1)) {
            return new Reply.NoReply("an answer of more than " + (LONGEST_BODY >> 20) + " MiB");
        }
        return new Reply.Status(
                response.code(),
                source.readUtf8(),
                Optional.ofNullable(response.header("Retry-After")),
                Optional.ofNullable(response.header("Location")));
    }

    private static Reply lost(IOException cause) {
        if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
            return new Reply.Untrusted(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof InterruptedIOException) {
            return late();
        }
        if (cause instanceof UnknownHostException) {
            return new Reply.NoReply("the host name is not known", Reply.Sign.ABSENCE);
        }
        if (cause instanceof ConnectException) {
            return new Reply.NoReply("nothing listens there", Reply.Sign.ABSENCE);
        }
        if (cause instanceof NoRouteToHostException) {
            return new Reply.NoReply("there is no way to the host", Reply.Sign.ABSENCE);
        }
        return new Reply.NoReply("the connection broke (" + cause.getMessage() + ")");
    }

    private static Reply late() {
        return new Reply.NoReply("no answer in time");
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.connectionPool().evictAll();
    }

    /** Returns whether a file can be sent. */
    static boolean readable(java.nio.file.Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }
}
