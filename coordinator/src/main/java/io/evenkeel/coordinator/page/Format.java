package io.evenkeel.coordinator.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers and texts as people read them. */
public final class Format {

    private static final DateTimeFormatter ABSOLUTE = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
    private static final int COMMIT = 8;

    private Format() {}

    /** Returns a duration in at most two units: {@code 810 ms}, {@code 4.2 s}, {@code 3 min 12 s}, {@code 2 h 5 min}. */
    public static String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long minutes = millis / 60_000;
        return minutes < 60
                ? minutes + " min " + millis / 1000 % 60 + " s"
                : minutes / 60 + " h " + minutes % 60 + " min";
    }

    /** Returns how long ago something was, in one unit. */
    public static String ago(Instant then, Instant now) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 60) {
            return "just now";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min ago";
        }
        if (seconds < 48 * 3600) {
            return seconds / 3600 + " h ago";
        }
        return seconds / 86_400 + " days ago";
    }

    /** Returns a time without doubt about its zone. */
    public static String absolute(Instant time) {
        return ABSOLUTE.format(time);
    }

    /** Returns the first characters of a commit. */
    public static String commit(String commit) {
        return commit.length() <= COMMIT ? commit : commit.substring(0, COMMIT);
    }

    /** Returns a size in the largest fitting unit. */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1024 * 1024
                ? String.format(Locale.ROOT, "%.0f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
    }

    /** Returns a share in [0, 1] as per cent. */
    public static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    /** Returns a ratio with three decimals. */
    public static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.3f", ratio);
    }

    /** Returns the text without the colour codes of a terminal. */
    public static String plain(String text) {
        return ANSI.matcher(text).replaceAll("");
    }

    /** Returns {@code 1 test}, {@code 3 tests}. */
    public static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Returns at most so many lines of the text, and says how many are left out. */
    public static String lines(String text, int most) {
        String[] lines = text.split("\n", -1);
        if (lines.length <= most) {
            return text;
        }
        return String.join("\n", Arrays.copyOf(lines, most)) + "\n… " + (lines.length - most) + " more lines";
    }
}
