package io.evenkeel.bench.heal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evenkeel-bench heal-pages}: our own mutation corpus as pages that a browser opens. */
@Command(
        name = "heal-pages",
        description = {
            "Writes our own mutation corpus as HTML: for each broken locator the page it was written for and a later version.",
            "The element meant carries the attribute " + HealPagesCommand.TRUTH
                    + "; in half of the later versions it is gone.",
            "pages.json names for each case both files, the locators that found it before and find nothing now, and whether it is there."
        },
        mixinStandardHelpOptions = true)
public final class HealPagesCommand implements Callable<Integer> {

    /** Marks the element meant; a healer that is measured with these pages must take it off first. */
    static final String TRUTH = "data-truth";

    @Parameters(paramLabel = "OUT", description = "folder for the pages; made if it is not there")
    private Path out = Path.of("heal-pages");

    @Option(names = "--pages", description = "pages of the corpus, about eight cases each (default: ${DEFAULT-VALUE})")
    private int pages = 20;

    @Override
    public Integer call() throws IOException {
        System.err.println(write(out, pages, TrainHealCommand.HELD_OUT_SEED) + " cases in " + out);
        return 0;
    }

    /**
     * Writes the corpus.
     *
     * @return the number of cases
     */
    static int write(Path out, int pages, long seed) throws IOException {
        Files.createDirectories(out);
        List<Map<String, Object>> cases = new ArrayList<>();
        MutationCorpus.of(pages, seed, version -> {
            String name = version.group() + "-" + cases.size();
            Map<String, Object> one = new LinkedHashMap<>();
            one.put(
                    "old",
                    page(out, name + "-old.html", version.old(), version.meant().key()));
            one.put(
                    "new",
                    page(out, name + "-new.html", version.now(), version.meant().key()));
            one.put("action", version.meant().action());
            one.put(
                    "locators",
                    version.meant().locators().stream().map(Object::toString).toList());
            one.put("present", version.present());
            cases.add(one);
        });
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(out.resolve("pages.json").toFile(), cases);
        return cases.size();
    }

    private static String page(Path out, String name, MutableNode html, int key) {
        try {
            Files.writeString(out.resolve(name), "<!doctype html>\n" + html.html(key, TRUTH) + "\n");
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
