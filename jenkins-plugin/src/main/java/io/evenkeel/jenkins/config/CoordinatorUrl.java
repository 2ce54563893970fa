package io.evenkeel.jenkins.config;

import hudson.Util;
import hudson.util.FormValidation;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads and checks the address of a coordinator. Nothing is ever sent to it from the controller. */
final class CoordinatorUrl {

    private CoordinatorUrl() {}

    /** Returns the address without blanks around it, empty for none. */
    static String tidy(@Nullable String url) {
        String text = Util.fixNull(url).trim();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    static FormValidation check(@Nullable String url) {
        String text = tidy(url);
        if (text.isEmpty()) {
            return FormValidation.ok("Without a coordinator, plans come from the durations of earlier builds.");
        }
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null) {
                return FormValidation.error("Give a web address, for example https://evenkeel.example.com");
            }
            if (uri.getUserInfo() != null) {
                return FormValidation.error("Leave user and password out of the address; choose credentials instead.");
            }
            return "http".equalsIgnoreCase(uri.getScheme())
                    ? FormValidation.warning("The token travels unencrypted over http. Prefer https.")
                    : FormValidation.ok();
        } catch (URISyntaxException e) {
            return FormValidation.error("This is no web address: " + e.getReason());
        }
    }
}
