package io.evenkeel.healing.patch;

import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.CallStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One case of the corpus in {@code src/test/resources/patch}; its README explains the form.
 *
 * @param headers old, new, refused, users...
 * @param files bytes by path
 * @param links target by path of a symbolic link
 */
record PatchCase(
        String name, Map<String, String> headers, Map<String, byte[]> files, Map<String, String> links, Marks marks) {

    /**
     * What the marks in the sources say.
     *
     * @param stack the reported place and who called it
     * @param look where a person is sent to if there is no patch
     * @param patched the file to be changed and its bytes afterwards; empty for a refusal
     */
    record Marks(CallStack stack, CallSite look, Map<String, byte[]> patched) {}

    @Override
    public String toString() {
        return name;
    }

    String header(String key, String otherwise) {
        return headers.getOrDefault(key, otherwise);
    }

    static List<PatchCase> all(Path folder) {
        try (var paths = Files.list(folder)) {
            List<PatchCase> cases = new ArrayList<>();
            for (Path path :
                    paths.filter(p -> p.toString().endsWith(".cases")).sorted().toList()) {
                String topic = path.getFileName().toString().replace(".cases", "");
                for (String text : Files.readString(path).split("(?m)^=== ")) {
                    if (!text.isBlank()) {
                        cases.add(read(topic, text));
                    }
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PatchCase read(String topic, String text) {
        String[] sections = text.split("(?m)^--- ");
        String[] lines = sections[0].split("\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(": ");
            headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 2));
        }
        Reader reader = new Reader(headers);
        for (int i = 1; i < sections.length; i++) {
            int end = sections[i].indexOf('\n');
            reader.file(
                    (end < 0 ? sections[i] : sections[i].substring(0, end)).strip(),
                    end < 0 ? "" : sections[i].substring(end + 1));
        }
        return new PatchCase(topic + ": " + lines[0], headers, reader.files, reader.links, reader.marks());
    }

    private static final class Reader {

        private final Map<String, String> headers;
        private final Map<String, byte[]> files = new TreeMap<>();
        private final Map<String, String> links = new TreeMap<>();
        private final Map<String, byte[]> patched = new TreeMap<>();
        private CallSite failing = CallSite.UNKNOWN;
        private CallSite look = CallSite.UNKNOWN;
        private final List<CallSite> callers = new ArrayList<>();

        Reader(Map<String, String> headers) {
            this.headers = headers;
        }

        void file(String path, String marked) {
            if (path.startsWith("link: ")) {
                String[] ends = path.substring("link: ".length()).split(" -> ");
                links.put(ends[0], ends[1]);
                return;
            }
            String before = marked.replaceAll("⟦([^→⟧]*)→[^⟧]*⟧", "$1");
            String after = marked.replaceAll("⟦[^→⟧]*→([^⟧]*)⟧", "$1");
            mark(path, before);
            files.put(path, bytes(before));
            if (!before.equals(after)) {
                patched.put(path, bytes(after));
            }
        }

        private void mark(String path, String text) {
            String plain = text.replaceAll("[✋▷]", "");
            int at = plain.indexOf('▶');
            if (at >= 0) {
                failing = site(path, plain, at);
                boolean lineOnly = !path.matches(".*\\.[mc]?[jt]sx?")
                        || headers.getOrDefault("column", "").equals("none");
                failing = lineOnly ? new CallSite(path, failing.line(), 0) : failing;
            }
            String asked = text.replaceAll("[▶▷]", "");
            int person = asked.indexOf('✋');
            if (person >= 0) {
                look = site(path, asked, person);
            }
            String called = text.replaceAll("[▶✋]", "");
            for (int caller = called.indexOf('▷'); caller >= 0; caller = called.indexOf('▷')) {
                callers.add(site(path, called, caller));
                called = called.replaceFirst("▷", "");
            }
        }

        private static CallSite site(String path, String text, int at) {
            String before = text.substring(0, at);
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            return new CallSite(path, line, at - before.lastIndexOf('\n'));
        }

        private byte[] bytes(String text) {
            String plain = text.replaceAll("[▶✋▷]", "");
            String ends = headers.getOrDefault("crlf", "").equals("yes") ? plain.replace("\n", "\r\n") : plain;
            String marked = headers.getOrDefault("bom", "").equals("yes") ? "\ufeff" + ends : ends;
            return marked.getBytes(Charset.forName(headers.getOrDefault("encoding", StandardCharsets.UTF_8.name())));
        }

        Marks marks() {
            String[] at = headers.getOrDefault("at", "").split(":");
            CallSite place =
                    at.length == 3 ? new CallSite(at[0], Integer.parseInt(at[1]), Integer.parseInt(at[2])) : failing;
            List<CallSite> frames = new ArrayList<>(List.of(place));
            frames.addAll(callers);
            return new Marks(new CallStack(frames), look.known() ? look : place, patched);
        }
    }
}
