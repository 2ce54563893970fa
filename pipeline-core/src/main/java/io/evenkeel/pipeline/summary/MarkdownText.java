package io.evenkeel.pipeline.summary;

import java.util.regex.Pattern;

/**
 * Puts text of a stranger into GitHub's and GitLab's Markdown so that it shows as it is and does nothing.
 *
 * <p>Both look for mentions and references in the finished HTML, where a backslash is gone; inside code they never look.
 * So names go into code, and in running text a zero-width space stands behind the signs that begin a reference.
 */
public final class MarkdownText {

    private static final Pattern PUNCTUATION = Pattern.compile("[\\\\`*_{}\\[\\]#!|~$^]");
    private static final Pattern REFERENCE =
            Pattern.compile("(\\\\?[@#!$~^]|%|&amp;|(?<=GH)-)(?=[\\p{L}\\p{N}_\"\\\\*\\[])");
    private static final Pattern LINK = Pattern.compile("(?i)\\b(?:https?|ftp|mailto|xmpp|www)(?=[:.])");

    private MarkdownText() {}

    /** Returns running text on one line. */
    public static String text(String raw) {
        String escaped = PUNCTUATION.matcher(Texts.oneLine(raw)).replaceAll("\\\\$0");
        String html = html(escaped);
        return LINK.matcher(REFERENCE.matcher(html).replaceAll("$1&#8203;")).replaceAll("$0&#8203;");
    }

    /** Returns one line as inline code; also right inside a table. */
    public static String code(String raw) {
        String line = Texts.oneLine(raw);
        if (line.isEmpty()) {
            return "`(empty)`";
        }
        String fence = "`".repeat(longestRun(line) + 1);
        String pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
        return fence + pad + line + pad + fence;
    }

    /** Returns a block of code with a fence nothing inside can close. */
    public static String block(String language, String raw) {
        String text = Texts.plain(raw).stripTrailing();
        String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
        return fence + language + "\n" + text + "\n" + fence + "\n";
    }

    /** Returns one line for use inside an HTML element, in which mentions are not looked for. */
    static String htmlCode(String raw) {
        return "<code>" + html(Texts.oneLine(raw)) + "</code>";
    }

    private static String html(String line) {
        return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
