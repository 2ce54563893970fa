package io.evenkeel.bench.mutate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * The pages, scripts and style sheets of one copy of the shop, release 1. One thread.
 *
 * @param folder the folder {@code site}
 */
record Site(Path folder) {

    private static final List<String> FOLDERS = List.of("release-1", "common");

    /** Parts every page includes. */
    private static final List<String> PARTS = List.of("header.html", "footer.html");

    /** Returns the files a page is made of, relative to the site; empty when there is no such page. */
    List<String> filesOf(String address) {
        String path = address.replaceFirst("^[a-z]+://[^/]*", "").replaceFirst("[?#].*$", "");
        String name = path.equals("/") || path.isEmpty() ? "index.html" : path.substring(1) + ".html";
        Optional<String> page = place(name);
        return page.isEmpty()
                ? List.of()
                : Stream.concat(page.stream(), PARTS.stream().flatMap(part -> place(part).stream()))
                        .toList();
    }

    private Optional<String> place(String name) {
        return FOLDERS.stream()
                .map(release -> release + "/" + name)
                .filter(file -> Files.isRegularFile(folder.resolve(file)))
                .findFirst();
    }

    Document read(String file) throws IOException {
        String html = Files.readString(folder.resolve(file));
        Document document = whole(html) ? Jsoup.parse(html) : Jsoup.parseBodyFragment(html);
        document.outputSettings().prettyPrint(false);
        return document;
    }

    void write(String file, Document document) throws IOException {
        Path path = folder.resolve(file);
        boolean whole = whole(Files.readString(path));
        Files.writeString(path, whole ? document.outerHtml() : document.body().html());
    }

    private static boolean whole(String html) {
        return html.stripLeading().startsWith("<!doctype");
    }

    /** Gives a class another name, everywhere. */
    void renameClass(String old, String now) throws IOException {
        Pattern attribute = Pattern.compile("(?<=class=\"|className = ')[^\"'\\n]*");
        String token = "(?<![\\w-])" + Pattern.quote(old) + "(?![\\w-])";
        UnaryOperator<String> attributes = text -> attribute
                .matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(m.group().replaceAll(token, now)));
        rewrite(".html", attributes);
        rewrite(".js", text -> inScript(attributes.apply(text), "." + old, "." + now));
        rewrite(".css", text -> inStyle(text, "." + old, "." + now));
    }

    /** Gives an id another name, everywhere. */
    void renameId(String old, String now) throws IOException {
        Pattern attribute =
                Pattern.compile("(?<= (?:id|for|aria-controls|aria-labelledby)=\")" + Pattern.quote(old) + "(?=\")");
        rewrite(".html", text -> attribute.matcher(text).replaceAll(Matcher.quoteReplacement(now)));
        rewrite(".js", text -> inScript(text, "#" + old, "#" + now).replace("'" + old + "'", "'" + now + "'"));
        rewrite(".css", text -> inStyle(text, "#" + old, "#" + now));
    }

    /** Gives a test id another name, everywhere. */
    void renameTestId(String old, String now) throws IOException {
        rewrite(".html", text -> text.replace("data-testid=\"" + old + "\"", "data-testid=\"" + now + "\""));
        rewrite(".js", text -> text.replace("[data-testid=" + old + "]", "[data-testid=" + now + "]"));
    }

    /** Lets the scripts do without elements that are gone. */
    void tolerateMissing() throws IOException {
        rewrite(
                "shop.js",
                text -> text.replace(
                        "document.querySelector(selector);",
                        "document.querySelector(selector) ?? document.createElement('i');"));
    }

    /** In a script a dot after a letter or a bracket is no selector. */
    private static String inScript(String text, String old, String now) {
        return replace(text, "(?<![\\w)\\]])" + Pattern.quote(old), now);
    }

    private static String inStyle(String text, String old, String now) {
        return replace(text, Pattern.quote(old), now);
    }

    private static String replace(String text, String pattern, String now) {
        return text.replaceAll(pattern + "(?![\\w-])", Matcher.quoteReplacement(now));
    }

    private void rewrite(String ending, UnaryOperator<String> change) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String text = Files.readString(file);
            String changed = change.apply(text);
            if (!changed.equals(text)) {
                Files.writeString(file, changed);
            }
        }
    }
}
