package io.evenkeel.bench.mutate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** One mutant while it is made: the page, the element meant, and the locator that is to be broken. One thread. */
final class Draft {

    private static final Pattern LITERAL = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'");

    private final Site site;
    private final Usage usage;
    private final SplittableRandom random;
    private final Document document;
    private Element element;

    /**
     * @throws IOException when the page cannot be read or does not hold the element
     */
    Draft(Site site, Usage usage, SplittableRandom random) throws IOException {
        this.site = site;
        this.usage = usage;
        this.random = random;
        this.document = site.read(usage.file());
        this.element = Optional.ofNullable(document.selectFirst(usage.css()))
                .orElseThrow(() -> new IOException(usage.file() + " must hold " + usage.css() + "."));
    }

    Site site() {
        return site;
    }

    Document document() {
        return document;
    }

    Element element() {
        return element;
    }

    /** Says which element is the one meant from now on. */
    void isNow(Element other) {
        element = other;
    }

    String method() {
        return usage.method();
    }

    String locator() {
        return usage.locator();
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Returns whether the locator asks for this text, whole or in part. */
    boolean asksFor(String text) {
        if (text.isBlank()) {
            return false;
        }
        String words = text.strip().toLowerCase(Locale.ROOT);
        return literals().stream().anyMatch(literal -> words.contains(literal.toLowerCase(Locale.ROOT)));
    }

    private List<String> literals() {
        List<String> literals = new ArrayList<>();
        Matcher matcher = LITERAL.matcher(usage.locator());
        while (matcher.find()) {
            if (!matcher.group(1).isBlank()) {
                literals.add(matcher.group(1));
            }
        }
        return literals;
    }

    /** Returns whether a CSS part of the locator holds this token, such as {@code .sign-in}. */
    boolean selects(String token) {
        return usage.locator().contains("locator(")
                && Pattern.compile(Pattern.quote(token) + "(?![\\w-])")
                        .matcher(usage.locator())
                        .find();
    }

    /** Returns the element and those around it, nearest first, without the page itself. */
    List<Element> around() {
        List<Element> all = new ArrayList<>(List.of(element));
        element.parents().stream()
                .filter(parent -> !List.of("body", "html").contains(parent.normalName()))
                .forEach(all::add);
        return all;
    }

    /** Returns the label of a field. */
    Optional<Element> label() {
        if (!element.id().isEmpty()) {
            Element byId = document.selectFirst("label[for=" + element.id() + "]");
            if (byId != null) {
                return Optional.of(byId);
            }
        }
        return Optional.ofNullable(element.closest("label"));
    }

    /** Returns the element with the label that is around it. */
    Element unit() {
        return Optional.ofNullable(element.closest("label")).orElse(element);
    }

    /** Writes the page; scripts and styles have been written before. */
    void save() throws IOException {
        site.write(usage.file(), document);
    }
}
