package io.evenkeel.healing.synthesis;

import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Nature;
import io.evenkeel.healing.reference.Placement;
import io.evenkeel.healing.reference.Wording;
import io.evenkeel.healing.snapshot.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a locator says about the element it means, as a fingerprint with the rest left empty: all there is to go by without a
 * reference. Pure and thread-safe.
 */
public final class LocatorWording {

    /** Key of the words of the whole step among the attributes. */
    public static final String LITERAL = "@literal";

    /** Key of the operation among the attributes. */
    public static final String ACTION = "@action";

    private static final Pattern CSS_ATTRIBUTE = Pattern.compile("\\[([\\w-]+)[~|^$*]?=\\s*['\"]?(.*?)['\"]?\\s*\\]");
    private static final Pattern CSS_ID = Pattern.compile("(?:^|[\\s>\\w\\]])#([\\w-]+)|^id=(.+)$");
    private static final Pattern CSS_CLASS = Pattern.compile("\\.([a-zA-Z][\\w-]*)");
    private static final Pattern CSS_TAG = Pattern.compile("(?:^|[\\s>+~])([a-z][a-z0-9]*)(?=[#.:\\[]|$)");

    private LocatorWording() {}

    /**
     * Returns what the last telling step of the locator says.
     *
     * @param action the operation, such as {@code fill}
     */
    public static Fingerprint fingerprint(Locator locator, String action, String testIdAttribute) {
        Said said = new Said(testIdAttribute);
        for (int i = locator.steps().size() - 1; i >= 0 && said.words.isEmpty() && said.tag.isEmpty(); i--) {
            said.add(locator.steps().get(i));
        }
        said.attributes.put(LITERAL, String.join(" ", said.words));
        said.attributes.put(ACTION, action);
        return new Fingerprint(
                new Nature(said.tag, said.role),
                new Wording(said.text, said.text, said.label),
                said.attributes,
                new Placement(List.of(), List.of(), "", -1, Double.NaN),
                Box.UNKNOWN);
    }

    private static final class Said {
        private final String testIdAttribute;
        private final List<String> words = new ArrayList<>();
        private final Map<String, String> attributes = new TreeMap<>();
        private String tag = "";
        private String role = "";
        private String text = "";
        private String label = "";

        Said(String testIdAttribute) {
            this.testIdAttribute = testIdAttribute;
        }

        void add(Step step) {
            step.match(new Step.Cases<>(
                    this::role,
                    this::text,
                    by -> selector(by.selector()),
                    filter -> filter.condition().text().stream().allMatch(t -> words.add(t.words())),
                    new Step.Others<>(p -> false, f -> false, c -> false)));
        }

        private boolean role(Step.ByRole by) {
            role = by.role();
            by.name().forEach(name -> {
                text = name.words();
                words.add(text);
            });
            if (by.name().isEmpty()) {
                words.add(by.role());
            }
            return true;
        }

        private boolean text(Step.ByText by) {
            String value = by.text().words();
            words.add(value);
            switch (by.family()) {
                case TEXT -> text = value;
                case LABEL -> label = value;
                case PLACEHOLDER -> attributes.put("placeholder", value);
                case ALT_TEXT -> attributes.put("alt", value);
                case TITLE -> attributes.put("title", value);
                case TEST_ID -> attributes.put(Fingerprint.TEST_ID, value);
            }
            return true;
        }

        private boolean selector(String selector) {
            if (selector.startsWith("text=")) {
                text = selector.substring(5).replaceAll("^\"|\"$", "");
                words.add(text);
                return true;
            }
            String last = selector.substring(selector.lastIndexOf(">>") < 0 ? 0 : selector.lastIndexOf(">>") + 2)
                    .strip();
            Matcher attribute = CSS_ATTRIBUTE.matcher(last);
            while (attribute.find()) {
                String key = attribute.group(1).equals(testIdAttribute) ? Fingerprint.TEST_ID : attribute.group(1);
                attributes.put(key, attribute.group(2));
                words.add(attribute.group(2));
            }
            Matcher id = CSS_ID.matcher(last);
            while (id.find()) {
                String value = id.group(1) == null ? id.group(2) : id.group(1);
                attributes.put("id", value);
                words.add(value);
            }
            String plain = last.replaceAll("\\[[^\\]]*\\]", "");
            Matcher classes = CSS_CLASS.matcher(plain);
            List<String> tokens = new ArrayList<>();
            while (classes.find()) {
                tokens.add(classes.group(1));
            }
            if (!tokens.isEmpty() && !last.startsWith("id=")) {
                attributes.put("class", String.join(" ", tokens));
                words.addAll(tokens);
            }
            Matcher tags = CSS_TAG.matcher(plain);
            while (tags.find()) {
                tag = tags.group(1);
            }
            if (words.isEmpty() && tag.isEmpty()) {
                text = last.replaceAll("^[\"']|[\"']$", "");
                words.add(text);
            }
            return true;
        }
    }
}
