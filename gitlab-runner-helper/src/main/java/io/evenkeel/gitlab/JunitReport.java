package io.evenkeel.gitlab;

import io.evenkeel.pipeline.host.Publication;
import io.evenkeel.pipeline.summary.Failure;
import io.evenkeel.pipeline.summary.TestName;
import io.evenkeel.pipeline.summary.TestSummary;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes JUnit XML as GitLab reads it: each test once, under a name no other has, with the file it can be run from and the screenshots it
 * left. One thread.
 *
 * <p>Source: GitLab Docs, "Unit test report examples" and "Unit test reports" (suite is {@code classname}, duplicate names are dropped,
 * {@code file} allows to copy failed tests, {@code [[ATTACHMENT|path]]} in {@code system-out} shows a screenshot).
 */
final class JunitReport {

    /** GitLab takes 30 MB a file; ten thousand failures fit with this. */
    private static final int LONGEST_MESSAGE = 2_000;

    private final Publication publication;
    private final Attachments attachments;
    private final Set<String> names = new HashSet<>();
    private final XMLStreamWriter xml;

    private JunitReport(Publication publication, Attachments attachments, XMLStreamWriter xml) {
        this.publication = publication;
        this.attachments = attachments;
        this.xml = xml;
    }

    static String of(Publication publication, Attachments attachments) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JunitReport(publication, attachments, xml).write();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML in memory must be writable.", e);
        }
        return text + "\n";
    }

    private void write() throws XMLStreamException {
        List<TestSummary> tests = publication.summary().tests().stream()
                .filter(test -> test.counts() || test.failed())
                .toList();
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", publication.style().key());
        xml.writeAttribute("tests", String.valueOf(tests.size()));
        xml.writeAttribute(
                "failures",
                String.valueOf(tests.stream().filter(TestSummary::failed).count()));
        for (TestSummary test : tests) {
            write(test);
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void write(TestSummary test) throws XMLStreamException {
        TestName name = test.name();
        String suite = clean((name.project().isEmpty() ? "" : "[" + name.project() + "] ") + name.file());
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", suite);
        xml.writeAttribute("name", unique(suite, clean(name.title())));
        if (!name.file().isEmpty()) {
            xml.writeAttribute("file", clean(publication.style().sources().tests() + name.file()));
        }
        xml.writeAttribute(
                "time",
                String.format(Locale.ROOT, "%.3f", test.attempts().total().toMillis() / 1000.0));
        Failure failure = test.diagnosis().failure();
        if (test.failed()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", clean(cut(label(test) + failure.headline(), 300)));
            xml.writeCharacters(clean(cut(failure.message(), LONGEST_MESSAGE)));
            xml.writeEndElement();
        } else if (test.skipped()) {
            xml.writeEmptyElement("skipped");
        }
        StringBuilder out = new StringBuilder();
        for (String attachment : failure.attachments()) {
            attachments
                    .find(attachment)
                    .ifPresent(path -> out.append("[[ATTACHMENT|").append(path).append("]]\n"));
        }
        if (!out.isEmpty()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean(out.toString()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String label(TestSummary test) {
        return test.counts()
                ? test.diagnosis().label().kind().word() + ": "
                : test.role().word() + ": ";
    }

    private String unique(String suite, String title) {
        String name = title;
        for (int n = 2; !names.add(suite + "\n" + name); n++) {
            name = title + " (" + n + ")";
        }
        return name;
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    /** XML 1.0 has no way to write most control characters and halves of surrogate pairs. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c == '\t'
                        || c == '\n'
                        || (c >= 0x20 && c < 0xD800)
                        || (c >= 0xE000 && c < 0xFFFE)
                        || c > 0xFFFF)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
