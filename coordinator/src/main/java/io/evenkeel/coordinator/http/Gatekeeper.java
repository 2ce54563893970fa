package io.evenkeel.coordinator.http;

import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.ProjectToken;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.access.Reading;
import io.evenkeel.coordinator.access.Secret;
import io.evenkeel.coordinator.access.UrlSigner;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Holds every request to the access its route declares.
 *
 * <p>Tokens come as {@code Authorization: Bearer}; readers of pages may also use Basic with the token as password, which a browser
 * asks for by itself. Changing anything needs Bearer, so no foreign page can make a browser do it. Thread-safe.
 */
final class Gatekeeper {

    private final Rules rules;
    private final Projects projects;
    private final UrlSigner signer;
    private final InstantSource clock;

    /** What the administrator has decided. */
    record Rules(Reading reading, Secret adminToken) {}

    Gatekeeper(Rules rules, Projects projects, UrlSigner signer, InstantSource clock) {
        this.rules = rules;
        this.projects = projects;
        this.signer = signer;
        this.clock = clock;
    }

    /** Lets the request pass or ends it; the route's handler finds the {@link Caller}. */
    void check(Context context) {
        caller(context, access(context)).attach(context);
    }

    private Caller caller(Context context, Access access) {
        return switch (access) {
            case OPEN -> new Caller(Optional.empty());
            case ADMIN -> admin(context);
            case PROJECT ->
                new Caller(Optional.of(bearer(context)
                        .map(this::project)
                        .orElseThrow(() -> missing(context, "Send the project's token"))));
            case READ -> reader(context);
            case SIGNED -> signed(context) ? new Caller(Optional.empty()) : holder(context);
        };
    }

    private Caller admin(Context context) {
        String token = bearer(context).orElseThrow(() -> missing(context, "Send the administrator's token"));
        if (!rules.adminToken().matches(token)) {
            throw refused(
                    "The administrator's token is wrong. It is EVENKEEL_ADMIN_TOKEN, or the content of admin.token in"
                            + " the data folder.");
        }
        return new Caller(Optional.empty());
    }

    private Caller reader(Context context) {
        Optional<String> token = bearer(context).or(() -> basic(context));
        if (token.isEmpty() && rules.reading() == Reading.TOKEN_HOLDERS) {
            throw missing(context, "This coordinator is private. Send a project's token");
        }
        return new Caller(token.map(this::project));
    }

    private Caller holder(Context context) {
        return new Caller(
                Optional.of(
                        bearer(context)
                                .or(() -> basic(context))
                                .map(this::project)
                                .orElseThrow(
                                        () -> missing(
                                                context,
                                                "The address is not signed or too old. Open it from the run's page, or send a project's token"))));
    }

    /** Returns whether the address carries a signature of ours that is still good. */
    private boolean signed(Context context) {
        String signature = context.queryParam("signature");
        String expires = context.queryParam("expires");
        String name = context.queryParam("name");
        if (signature == null || expires == null || name == null || !expires.matches("\\d{1,12}")) {
            return false;
        }
        try {
            Instant end = Instant.ofEpochSecond(Long.parseLong(expires));
            return signer.isValid(new UrlSigner.Grant(context.path(), name, end), signature, clock.instant());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private Project project(String token) {
        if (token.isBlank() || !ProjectToken.looksRight(token)) {
            throw refused("The project token is mistyped or cut: it begins with " + ProjectToken.PREFIX
                    + " and has a check sum that does not fit.");
        }
        return projects.ofToken(new Secret(token))
                .orElseThrow(() -> refused(
                        "This coordinator does not know the project token. Compare EVENKEEL_URL and EVENKEEL_TOKEN, or make a new"
                                + " token with `evenkeel-coordinator.jar token add SLUG`."));
    }

    private static Optional<String> bearer(Context context) {
        String header = context.header("Authorization");
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(header.substring(7).strip())
                : Optional.empty();
    }

    private static Optional<String> basic(Context context) {
        String header = context.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return Optional.of("");
        }
    }

    private static ProblemException missing(Context context, String what) {
        boolean page = !context.path().startsWith("/api/");
        context.header("WWW-Authenticate", page ? "Basic realm=\"evenkeel\", charset=\"UTF-8\"" : "Bearer");
        return refused(what + " as `Authorization: Bearer <token>`"
                + (page ? "; in a browser, any user name with the token as password." : "."));
    }

    private static ProblemException refused(String detail) {
        return ProblemException.of(401, "Not allowed", detail);
    }

    private static Access access(Context context) {
        Set<RouteRole> roles = context.routeRoles();
        if (roles.size() == 1 && roles.iterator().next() instanceof Access access) {
            return access;
        }
        throw new IllegalStateException("The route (" + context.path() + ") must declare exactly one access.");
    }
}
