package io.evenkeel.flaky.signature;

import java.util.List;

/**
 * Finds the first stack frame in the user's own code, without line numbers and without the folder of the machine.
 *
 * <p>Reads JavaScript ({@code at fn (/builds/x/e2e/login.spec.ts:12:3)}) and Java ({@code at shop.CartTest.adds(CartTest.java:12)}).
 * Static functions.
 */
final class UserFrame {

    private static final int MOST_LINES = 200;
    private static final List<String> FOREIGN_FILES =
            List.of("node_modules/", "node:", "internal/", "playwright/lib", "<anonymous>");
    private static final List<String> FOREIGN_PACKAGES = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "kotlin.",
            "scala.",
            "groovy.",
            "org.junit.",
            "junit.",
            "org.opentest4j.",
            "org.hamcrest.",
            "org.assertj.",
            "org.mockito.",
            "org.testng.",
            "org.apache.maven.",
            "org.gradle.",
            "com.microsoft.playwright.");

    private UserFrame() {}

    /** Returns the frame, or an empty text when the stack holds none of the user's. */
    static String of(ErrorText stack) {
        int seen = 0;
        for (String line : stack.lines()) {
            if (line.startsWith("at ") && seen++ < MOST_LINES) {
                String frame = frame(line.substring(3).strip());
                if (!frame.isEmpty()) {
                    return frame;
                }
            }
        }
        return "";
    }

    private static String frame(String text) {
        int open = text.lastIndexOf('(');
        String function = open > 0 ? text.substring(0, open).strip() : "";
        String place = open >= 0 ? text.substring(open + 1).replace(")", "") : text;
        if (place.indexOf('/') >= 0 || place.indexOf('\\') >= 0) {
            return script(function, place.replace('\\', '/'));
        }
        String method = function.isEmpty() ? text : function;
        int module = method.lastIndexOf('/');
        return java(module >= 0 ? method.substring(module + 1) : method);
    }

    private static String script(String function, String place) {
        for (String foreign : FOREIGN_FILES) {
            if (place.contains(foreign)) {
                return "";
            }
        }
        String file = withoutPosition(place);
        int name = file.lastIndexOf('/');
        int folder = name > 0 ? file.lastIndexOf('/', name - 1) : -1;
        String shortFile = file.substring(folder + 1);
        return Normaliser.mask(function.startsWith("async ") ? function.substring(6) : function) + "@" + shortFile;
    }

    private static String java(String method) {
        if (method.indexOf('.') < 0 || method.indexOf(' ') >= 0) {
            return "";
        }
        for (String foreign : FOREIGN_PACKAGES) {
            if (method.startsWith(foreign)) {
                return "";
            }
        }
        return Normaliser.mask(method);
    }

    private static String withoutPosition(String place) {
        int end = place.length();
        for (int part = 0; part < 2; part++) {
            int colon = place.lastIndexOf(':', end - 1);
            if (colon > 0
                    && colon < end - 1
                    && place.substring(colon + 1, end).chars().allMatch(Character::isDigit)) {
                end = colon;
            }
        }
        return place.substring(0, end);
    }
}
