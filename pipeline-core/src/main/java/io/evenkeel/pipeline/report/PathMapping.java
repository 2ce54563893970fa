package io.evenkeel.pipeline.report;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.file.Path;

/**
 * Puts the project's real folder in the place of the folder an executor worked in, anywhere in a line of JSON.
 *
 * <p>Immutable.
 *
 * @param from folder of the executor's copy as it stands in JSON, empty when nothing is to be replaced
 * @param to the real folder as it stands in JSON
 */
record PathMapping(String from, String to) {

    static final PathMapping NONE = new PathMapping("", "");

    /**
     * Returns the mapping that turns an executor's configuration file into the real one: what both paths end with, up to
     * the project's folder, is the same in both copies; what comes before it is the copy's folder.
     */
    static PathMapping between(Path executorConfig, Path realConfig, Path projectFolder) {
        Path copy = executorConfig.normalize();
        Path real = realConfig.toAbsolutePath().normalize();
        Path stop = projectFolder.toAbsolutePath().normalize();
        while (copy != null && real != null && !real.equals(stop) && sameName(copy, real)) {
            copy = copy.getParent();
            real = real.getParent();
        }
        return of(copy == null ? "" : copy.toString(), real == null ? "" : real.toString());
    }

    private static boolean sameName(Path one, Path other) {
        return one.getFileName() != null && one.getFileName().equals(other.getFileName());
    }

    static PathMapping of(String from, String to) {
        boolean useless = from.length() < 2 || to.isEmpty() || from.equals(to);
        return useless ? NONE : new PathMapping(quoted(from), quoted(to));
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /** Returns the line with every path below the folder replaced; longer names that begin alike are left alone. */
    String apply(String line) {
        if (from.isEmpty()) {
            return line;
        }
        int hit = line.indexOf(from);
        if (hit < 0) {
            return line;
        }
        StringBuilder out = new StringBuilder(line.length());
        int done = 0;
        for (; hit >= 0; hit = line.indexOf(from, hit + 1)) {
            int after = hit + from.length();
            if (hit >= done && isBorder(line, hit - 1) && isBorder(line, after)) {
                out.append(line, done, hit).append(to);
                done = after;
            }
        }
        return out.append(line, done, line.length()).toString();
    }

    private static boolean isBorder(String line, int at) {
        if (at < 0 || at >= line.length()) {
            return true;
        }
        char c = line.charAt(at);
        return !Character.isLetterOrDigit(c) && c != '.' && c != '_' && c != '-';
    }
}
