package io.evenkeel.bench.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evenkeel.bench.JsonLines;
import io.evenkeel.healing.Healer;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.patch.PatchOutcome;
import io.evenkeel.healing.patch.follow.SourcePatcher;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.CallStack;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.healing.synthesis.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evenkeel-bench patch}: edits of maintainers, located and made again by the patcher. */
@Command(
        name = "patch",
        description = "Makes the locator edits of open.json again, in the files their parent commits hold.",
        mixinStandardHelpOptions = true)
public final class PatchCommand implements Callable<Integer> {

    @Option(names = "--sources", required = true, paramLabel = "DIR", description = "git directories of the suites")
    private Path sources = Path.of(".");

    @Parameters(paramLabel = "FOLDER", description = "where open.json lies, at any depth", defaultValue = ".")
    private Path folder = Path.of(".");

    /** What came of one edit, in the order of the columns. */
    private enum Result {
        REWRITTEN,
        NO_REPOSITORY,
        NO_FILE,
        NO_CALL,
        REFUSED,
        WRONG
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Map<Result, Integer>> direct = new TreeMap<>();
        Map<String, Map<Result, Integer>> others = new TreeMap<>();
        Map<String, Map<Result, Integer>> quotes = new TreeMap<>();
        for (LocatorEdit edit : edits()) {
            Result result = attempt(edit);
            Map<String, Map<Result, Integer>> counts = edit.sameLocator() ? quotes : edit.direct() ? direct : others;
            counts.computeIfAbsent(edit.repo(), r -> new TreeMap<>()).merge(result, 1, Integer::sum);
            counts.computeIfAbsent("all", r -> new TreeMap<>()).merge(result, 1, Integer::sum);
        }
        JsonLines out = new JsonLines(System.out);
        direct.forEach((repo, counts) -> print(out, repo, "direct", counts));
        quotes.forEach((repo, counts) -> print(out, repo, "other quotes only", counts));
        others.forEach((repo, counts) -> print(out, repo, "run-time part", counts));
        return 0;
    }

    private static void print(JsonLines out, String repo, String literals, Map<Result, Integer> counts) {
        int n = counts.values().stream().mapToInt(Integer::intValue).sum();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("repo", repo);
        line.put("literals", literals);
        line.put("n", n);
        line.put("rewritten", counts.getOrDefault(Result.REWRITTEN, 0));
        line.put("rate", Math.round(10_000.0 * counts.getOrDefault(Result.REWRITTEN, 0) / n) / 10_000.0);
        line.put("noRepository", counts.getOrDefault(Result.NO_REPOSITORY, 0));
        line.put("noFile", counts.getOrDefault(Result.NO_FILE, 0));
        line.put("noCall", counts.getOrDefault(Result.NO_CALL, 0));
        line.put("refused", counts.getOrDefault(Result.REFUSED, 0));
        line.put("wrong", counts.getOrDefault(Result.WRONG, 0));
        out.print(line);
    }

    private List<LocatorEdit> edits() throws IOException {
        ObjectMapper json = JsonMapper.builder().build();
        List<LocatorEdit> edits = new ArrayList<>();
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.filter(p -> p.endsWith("open.json")).sorted().toList()) {
                for (JsonNode one : json.readTree(path.toFile())) {
                    edits.add(LocatorEdit.read(one));
                }
            }
        }
        if (edits.isEmpty()) {
            throw new IOException("No open.json with locator edits in " + folder + ".");
        }
        return edits;
    }

    private Result attempt(LocatorEdit edit) throws IOException {
        Optional<GitFiles> git = GitFiles.of(sources, edit.repo());
        if (git.isEmpty()) {
            return said(edit, Result.NO_REPOSITORY, "");
        }
        Optional<byte[]> before = git.get().read(edit.commit() + "^", git.get().before(edit.commit(), edit.file()));
        Optional<String> after = git.get().text(edit.commit(), edit.file());
        if (before.isEmpty() || after.isEmpty()) {
            return said(edit, Result.NO_FILE, "");
        }
        String text = new String(before.get(), StandardCharsets.UTF_8);
        Optional<OldCall> call = OldCall.find(text, after.get(), edit);
        return call.isEmpty() ? said(edit, Result.NO_CALL, "") : patch(edit, before.get(), text, call.get());
    }

    private static Result patch(LocatorEdit edit, byte[] source, String text, OldCall call) {
        SourcePatcher patcher = Healer.patcher();
        SourceFiles files = SourceFiles.of(Map.of(edit.file(), source));
        CallSite place = site(edit.file(), text, call.start());
        List<Step> old = edit.old().locator().map(Locator::steps).orElse(List.of());
        List<Step> now = edit.now().locator().map(Locator::steps).orElse(List.of());
        for (Locator written : patcher.written(place, files)) {
            List<Step> steps = written.steps();
            int rest = steps.size() - old.size();
            if (!old.isEmpty()
                    && !now.isEmpty()
                    && rest >= 0
                    && steps.subList(rest, steps.size()).equals(old)) {
                List<Step> all = new ArrayList<>(steps.subList(0, rest));
                all.addAll(now);
                Locator wanted = new Locator(all);
                PatchOutcome outcome = patcher.propose(CallStack.at(place), written, wanted, files);
                return outcome.match(
                        proposed -> check(edit, proposed.patch(), source, call, new Wanted(text, place, wanted)),
                        refused -> said(edit, Result.REFUSED, refused.reason()));
            }
        }
        return said(edit, Result.REFUSED, "The source says " + patcher.written(place, files) + ".");
    }

    /** What the file must say afterwards. */
    private record Wanted(String text, CallSite place, Locator locator) {}

    /** The edit must lie inside of the call, and the call must be the new locator afterwards. */
    private static Result check(LocatorEdit edit, Patch patch, byte[] source, OldCall call, Wanted wanted) {
        byte[] after = patch.applyTo(source);
        int head = utf8(wanted.text().substring(0, call.start()));
        int tail = utf8(wanted.text().substring(call.end()));
        boolean outside = patch.file().equals(edit.file())
                && Arrays.equals(source, 0, head, after, 0, head)
                && after.length >= head + tail
                && Arrays.equals(source, source.length - tail, source.length, after, after.length - tail, after.length);
        SourceFiles changed = SourceFiles.of(Map.of(edit.file(), after));
        boolean says = Healer.patcher()
                .written(lastCall(edit, after, wanted, tail), changed)
                .contains(wanted.locator());
        return outside && says
                ? Result.REWRITTEN
                : said(
                        edit,
                        Result.WRONG,
                        outside ? "the call says something else" : "bytes outside of the call changed");
    }

    /** The place of the last call of the new locator: it ends where the old call's rest begins. */
    private static CallSite lastCall(LocatorEdit edit, byte[] after, Wanted wanted, int tail) {
        String text = new String(after, StandardCharsets.UTF_8);
        String rest = new String(Arrays.copyOfRange(after, after.length - tail, after.length), StandardCharsets.UTF_8);
        return site(edit.file(), text, text.length() - rest.length() - 1);
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static CallSite site(String file, String text, int offset) {
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new CallSite(file, line, offset - before.lastIndexOf('\n'));
    }

    private static Result said(LocatorEdit edit, Result result, String reason) {
        System.err.println(result + " " + edit.repo() + " " + edit.commit() + " " + edit.file() + " "
                + edit.old().code() + " -> " + edit.now().code() + " " + reason);
        return result;
    }
}
