package io.evenkeel.pipeline.ai;

import io.evenkeel.pipeline.secret.Secret;
import java.net.URI;

/**
 * Where a language model is.
 *
 * <p>Immutable.
 *
 * @param service what the server speaks
 * @param url its address, with a slash at the end
 * @param key of the account there; none for a server of one's own
 */
public record AiServer(AiService service, URI url, Secret key) {

    public AiServer {
        if (url.getHost() == null || !url.getPath().endsWith("/")) {
            throw new IllegalArgumentException(
                    "The address (" + url + ") of the AI must be a URL such as " + service.url() + ".");
        }
        boolean here = url.getHost().matches("localhost|127(\\.\\d+){3}|\\[::1]");
        if (!key.isEmpty() && !"https".equals(url.getScheme()) && !here) {
            throw new IllegalArgumentException(
                    "The address (" + url + ") of the AI must begin with https://, because a key is sent there.");
        }
    }
}
