package io.evenkeel.bench.report;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A test of a made run with what became of it: 1 % fails both times, 2 % are flaky, 3 % are skipped.
 *
 * <p>Immutable.
 *
 * @param id as Playwright makes them: 20 digits for file and project, 20 for the test
 * @param file relative to the suite's root folder
 * @param title of the test, inside one describe block named like the file
 * @param line where it is
 * @param statuses of its attempts
 * @param durationMs of each attempt
 * @param steps titles of the steps of each attempt
 */
record MadeTest(
        String id, String file, String title, int line, List<String> statuses, int durationMs, List<String> steps) {

    static final String PROJECT = "desktop";
    static final String FAILURE = """
        Error: expect(locator).toHaveText(expected) failed

        Locator:  getByTestId('total')
        Expected: "£12.00"
        Received: "£13.00"
        Timeout:  4000ms""";

    private static final int TESTS_IN_A_FILE = 25;
    private static final int STEPS = 11; // what a test of examples/shop has on average
    private static final List<String> WORDS =
            List.of("basket", "order", "price", "account", "search", "gift", "address", "coupon", "stock", "delivery");

    /** Makes tests; the same random numbers give the same ones. */
    static List<MadeTest> make(int count, RandomGenerator random) {
        List<MadeTest> tests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int number = i / TESTS_IN_A_FILE;
            String file = String.format(Locale.ROOT, "%s/area-%04d.spec.ts", WORDS.get(number % WORDS.size()), number);
            String title = "shows the " + word(random) + " of a " + word(random) + " in case " + i;
            tests.add(new MadeTest(
                    hash(PROJECT + file) + "-" + hash(title),
                    file,
                    title,
                    5 + 12 * (i % TESTS_IN_A_FILE),
                    statuses(random.nextInt(100)),
                    (int) Math.round(Math.exp(6.5 + random.nextGaussian())),
                    steps(random)));
        }
        return tests;
    }

    private static List<String> statuses(int percent) {
        if (percent < 1) {
            return List.of("failed", "failed");
        }
        if (percent < 3) {
            return List.of("failed", "passed");
        }
        return List.of(percent < 6 ? "skipped" : "passed");
    }

    private static List<String> steps(RandomGenerator random) {
        List<String> steps = new ArrayList<>(STEPS);
        for (int i = 0; i < STEPS; i++) {
            steps.add("Click getByRole('button', { name: '" + word(random) + " " + word(random) + "' })");
        }
        return List.copyOf(steps);
    }

    private static String word(RandomGenerator random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static String hash(String text) {
        return Hashing.sha256()
                .hashString(text, StandardCharsets.UTF_8)
                .toString()
                .substring(0, 20);
    }
}
