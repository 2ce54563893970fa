package io.evenkeel.healing.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The languages Playwright writes locators in. {@link Locator#parse} reads them all. */
public enum Dialect {
    /** {@code getByRole('button', { name: 'Save' })}. */
    TYPESCRIPT,
    /** {@code getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save"))}. */
    JAVA,
    /** {@code get_by_role("button", name="Save")}. */
    PYTHON;

    /** Returns the name TypeScript has for a method or option of any of the languages. */
    public static String canonical(String name) {
        if (name.equals("and_") || name.equals("or_")) {
            return name.substring(0, name.length() - 1);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            boolean hump = name.charAt(i) == '_' && i > 0 && i + 1 < name.length();
            out.append(hump ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return out.toString();
    }

    /** Returns whether a step is written without brackets. */
    public boolean isProperty(String name) {
        return this == PYTHON && (name.equals("first") || name.equals("last") || name.equals("content_frame"));
    }

    /** Returns the flags of a regular expression, from words such as {@code Pattern.CASE_INSENSITIVE | Pattern.DOTALL}. */
    public static String flags(String words) {
        List<String> flags = new ArrayList<>();
        for (String word : words.split("\\|", -1)) {
            String last = word.strip().replaceFirst("^.*\\.", "");
            flags.add(
                    switch (last) {
                        case "CASE_INSENSITIVE", "IGNORECASE", "I" -> "i";
                        case "MULTILINE", "M" -> "m";
                        case "DOTALL", "S" -> "s";
                        default -> "?";
                    });
        }
        return String.join("", flags);
    }

    /** Returns a method or option in this language. */
    String named(String canonical) {
        if (this != PYTHON) {
            return canonical;
        }
        String snake = canonical.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return canonical.equals("and") || canonical.equals("or") ? canonical + "_" : snake;
    }
}
