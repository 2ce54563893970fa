package io.evenkeel.flaky.signature;

/** Finds what a failure is about: the locator it waited for, or the address it tried to open. Static functions. */
final class Subject {

    private Subject() {}

    /** Returns a locator or a URL template, normalised, or an empty text. */
    static String of(ErrorText text) {
        String locator = text.after("Locator:");
        if (locator.isEmpty()) {
            locator = between(text, "strict mode violation: ", " resolved to");
        }
        if (locator.isEmpty()) {
            locator = waitedFor(text);
        }
        if (!locator.isEmpty()) {
            return Normaliser.mask(locator);
        }
        return address(text);
    }

    private static String waitedFor(ErrorText text) {
        for (String line : text.lines()) {
            int at = line.indexOf("waiting for ");
            if (at >= 0 && line.startsWith("-")) {
                String rest = line.substring(at + "waiting for ".length());
                if (rest.startsWith("getBy")
                        || rest.startsWith("locator(")
                        || rest.startsWith("frameLocator(")
                        || rest.startsWith("get_by")) {
                    int until = rest.indexOf(" to be ");
                    return until > 0 ? rest.substring(0, until) : rest;
                }
            }
        }
        return "";
    }

    private static String between(ErrorText text, String before, String after) {
        for (String line : text.lines()) {
            int from = line.indexOf(before);
            if (from >= 0) {
                int to = line.indexOf(after, from);
                return to > 0 ? line.substring(from + before.length(), to) : "";
            }
        }
        return "";
    }

    /** Path of the first URL, without host, query and fragment: hosts and ports differ between machines. */
    private static String address(ErrorText text) {
        for (String line : text.lines()) {
            int scheme = line.indexOf("://");
            if (scheme > 0 && (line.startsWith("http", scheme - 4) || line.startsWith("https", scheme - 5))) {
                int path = line.indexOf('/', scheme + 3);
                if (path < 0) {
                    return "/";
                }
                int end = path;
                while (end < line.length() && "?#\"' )>".indexOf(line.charAt(end)) < 0) {
                    end++;
                }
                return segments(line.substring(path, end));
            }
        }
        return "";
    }

    /** Masks each segment by itself, so that the whole is not taken for a path of the machine. */
    private static String segments(String path) {
        StringBuilder out = new StringBuilder();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                out.append('/').append(Normaliser.mask(segment));
            }
        }
        return out.length() == 0 ? "/" : out.toString();
    }
}
