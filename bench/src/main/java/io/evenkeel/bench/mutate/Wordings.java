package io.evenkeel.bench.mutate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** What a person reads is worded differently. */
final class Wordings {

    private static final Map<String, List<String>> OTHER = Map.ofEntries(
            Map.entry("Add to basket", List.of("Put in basket", "Add to cart")),
            Map.entry("Add to wish list", List.of("Save for later", "Remember this tea")),
            Map.entry("All teas", List.of("Every tea")),
            Map.entry("Apply", List.of("Use code", "Redeem")),
            Map.entry("Ask us", List.of("Get in touch", "Contact us")),
            Map.entry("Browse all teas", List.of("See all teas", "To the shop")),
            Map.entry("Card number", List.of("Number of your card", "Credit card")),
            Map.entry("Category", List.of("Kind of tea", "Categories")),
            Map.entry("Choose a password", List.of("New password", "Password for the account")),
            Map.entry("Continue to delivery", List.of("Next: delivery", "To the delivery")),
            Map.entry("Continue to payment", List.of("Next: payment", "To the payment")),
            Map.entry("Create account", List.of("Register", "Open an account")),
            Map.entry("Discount code", List.of("Voucher", "Promotion code")),
            Map.entry("E-mail", List.of("Mail address", "Email")),
            Map.entry("E-mail address", List.of("Your e-mail", "Mail")),
            Map.entry("E-mail receipt", List.of("Send receipt", "Receipt by mail")),
            Map.entry("Find stores", List.of("Search stores", "Show stores")),
            Map.entry("Go to checkout", List.of("Checkout", "Pay")),
            Map.entry("Green", List.of("Unfermented", "Steamed and pan-fired")),
            Map.entry("How long does delivery take?", List.of("When will my tea arrive?", "Time of delivery")),
            Map.entry("How to brew", List.of("Brewing", "Preparation")),
            Map.entry("Main", List.of("Pages", "Site")),
            Map.entry("Menu", List.of("Navigation", "More")),
            Map.entry("Message", List.of("Comment", "What is it about?")),
            Map.entry("Name", List.of("Full name", "First and last name")),
            Map.entry("Password", List.of("Secret", "Your password")),
            Map.entry("Pay now", List.of("Pay", "Buy now")),
            Map.entry("Phone", List.of("Telephone", "Mobile number")),
            Map.entry("Postcode", List.of("Postal code", "ZIP")),
            Map.entry("Postcode, like BS1", List.of("Where are you?", "Town or code")),
            Map.entry("Print receipt", List.of("Print", "Receipt on paper")),
            Map.entry("Quantity", List.of("Amount", "How many")),
            Map.entry("Saturday morning", List.of("On the weekend", "Saturday, before noon")),
            Map.entry("Save profile", List.of("Save changes", "Update profile")),
            Map.entry("Search", List.of("Find a tea", "Look for")),
            Map.entry("Send message", List.of("Send", "Submit")),
            Map.entry("Shop", List.of("Teas", "Catalogue")),
            Map.entry("Sign in", List.of("Log in", "Enter")),
            Map.entry("Sign out", List.of("Log out", "Leave")),
            Map.entry("Sort by", List.of("Order", "Sorting")),
            Map.entry("Stores", List.of("Our shops", "Find us")),
            Map.entry("Street", List.of("Street and number", "Address line")),
            Map.entry("Subscribe", List.of("Sign up", "Get the letter")),
            Map.entry("Teaware", List.of("Pots and cups", "Accessories")),
            Map.entry("Topic", List.of("Subject", "About")),
            Map.entry("Your name", List.of("Full name", "Name")));

    private Wordings() {}

    /** Other words on a button, link, tab or summary. */
    static boolean text(Draft draft) {
        return own(draft, draft.element());
    }

    /** Other words on the label of a field. */
    static boolean label(Draft draft) {
        Optional<Element> label = draft.label();
        return label.isPresent() && own(draft, label.get());
    }

    private static boolean own(Draft draft, Element element) {
        for (TextNode text : element.textNodes()) {
            String words = text.text().strip();
            Optional<String> other = other(draft, words);
            if (other.isPresent()) {
                text.text(text.text().replace(words, other.get()));
                return true;
            }
        }
        return false;
    }

    /** Another placeholder. */
    static boolean placeholder(Draft draft) {
        return draft.locator().contains("getByPlaceholder(") && attribute(draft, draft.element(), "placeholder");
    }

    /** Another accessible name, of the element or of the group around it. */
    static boolean accessibleName(Draft draft) {
        boolean byName = draft.locator().contains("{ name: ") || draft.locator().contains("getByLabel(");
        return byName && draft.around().stream().anyMatch(element -> attribute(draft, element, "aria-label"));
    }

    private static boolean attribute(Draft draft, Element element, String name) {
        Optional<String> other = other(draft, element.attr(name));
        other.ifPresent(words -> element.attr(name, words));
        return other.isPresent();
    }

    /** Returns other words for what the locator asks for. */
    private static Optional<String> other(Draft draft, String words) {
        return draft.asksFor(words) && OTHER.containsKey(words)
                ? Optional.of(draft.pick(OTHER.getOrDefault(words, List.of())))
                : Optional.empty();
    }
}
