package io.evenkeel.coordinator.http;

import io.evenkeel.coordinator.access.Access;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One route with everything that must be said about it before it may be served.
 *
 * <p>Immutable.
 *
 * @param method HTTP method
 * @param path with parameters in braces
 * @param access what it asks of its caller
 * @param mostBytes largest body it reads, 0 for none
 * @param handler what it does
 */
public record Route(HandlerType method, String path, Access access, long mostBytes, Handler handler) {

    private static final long MIB = 1024 * 1024;

    static Route get(String path, Access access, Handler handler) {
        return new Route(HandlerType.GET, path, access, 0, handler);
    }

    static Route head(String path, Access access, Handler handler) {
        return new Route(HandlerType.HEAD, path, access, 0, handler);
    }

    static Route delete(String path, Access access, Handler handler) {
        return new Route(HandlerType.DELETE, path, access, 0, handler);
    }

    static Route put(String path, Access access, long mostMib, Handler handler) {
        return new Route(HandlerType.PUT, path, access, mostMib * MIB, handler);
    }

    static Route post(String path, Access access, long mostMib, Handler handler) {
        return new Route(HandlerType.POST, path, access, mostMib * MIB, handler);
    }
}
