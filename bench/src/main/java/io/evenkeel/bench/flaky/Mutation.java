package io.evenkeel.bench.flaky;

import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes what differs between two runs of one failure: numbers, ids, ports, times and paths. Static functions. */
final class Mutation {

    private static final Pattern CHANGING =
            Pattern.compile("(?<uuid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
                    + "|(?<path>(?<![\\w<])/(?:[\\w.-]+/)+[\\w.-]+)"
                    + "|(?<hex>\\b(?=[0-9a-f]*\\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\\b)"
                    + "|(?<number>\\d+)");

    private Mutation() {}

    static String of(String text, Random random) {
        return CHANGING.matcher(text).replaceAll(match -> replacement(match, random));
    }

    private static String replacement(MatchResult match, Random random) {
        String old = match.group();
        if (match.group(1) != null) {
            return hex(random, 8) + "-" + hex(random, 4) + "-" + hex(random, 4) + "-" + hex(random, 4) + "-"
                    + hex(random, 12);
        }
        if (match.group(2) != null) {
            return "/builds/" + hex(random, 6) + "/target/" + old.substring(old.lastIndexOf('/') + 1);
        }
        if (match.group(3) != null) {
            return hex(random, old.length() - 1) + random.nextInt(10);
        }
        // A time, date, port or count keeps about its length; one that starts with zero keeps the zero.
        int length = Math.max(1, old.length() + (old.length() > 2 ? random.nextInt(3) - 1 : 0));
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < length; i++) {
            number.append((char) ('0' + (i == 0 && length > 1 ? 1 + random.nextInt(9) : random.nextInt(10))));
        }
        return number.toString();
    }

    private static String hex(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }
}
