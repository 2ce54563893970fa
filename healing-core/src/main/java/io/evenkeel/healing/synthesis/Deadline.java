package io.evenkeel.healing.synthesis;

/**
 * Text that may be read only so many times: stops a regular expression that backtracks without end.
 *
 * <p>One thread.
 */
final class Deadline implements CharSequence {

    /** Reads allowed for one match; an honest expression over a page text needs some thousands. */
    private static final int READS = 500_000;

    private final String text;
    private int reads;

    Deadline(String text) {
        this.text = text;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++reads > READS) {
            throw new PassedException();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** The expression used up its reads. */
    static final class PassedException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
