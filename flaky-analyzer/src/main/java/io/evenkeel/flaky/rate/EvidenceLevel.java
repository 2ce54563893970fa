package io.evenkeel.flaky.rate;

/** Kinds of evidence for (E) and against (A) flakiness, the strongest first. */
public enum EvidenceLevel {
    E1("a retry passed in the same run"),
    E2("it passed and failed on one commit"),
    E3("the commit did not touch what it covers"),
    E4("it failed alone between passes"),
    E5("the same failure came on unrelated pull requests"),
    A1("all attempts of a run failed"),
    A2("it fails on several commits in a row"),
    A3("many tests fail together since the change"),
    A4("the run looks like an outage");

    private final String meaning;

    EvidenceLevel(String meaning) {
        this.meaning = meaning;
    }

    /** Returns what it says, as a sentence without full stop. */
    public String meaning() {
        return meaning;
    }

    /** Returns whether it speaks for flakiness. */
    public boolean speaksForFlaky() {
        return name().charAt(0) == 'E';
    }
}
