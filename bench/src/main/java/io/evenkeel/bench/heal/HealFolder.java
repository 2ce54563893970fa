package io.evenkeel.bench.heal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the labelled files of a folder at any depth; the name of a data set is that of the folder its files lie in. */
final class HealFolder {

    private HealFolder() {}

    /**
     * Reads all data sets, those with a reference first, and the larger before the smaller.
     *
     * @throws IOException if a file cannot be read
     */
    static List<HealDataset> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(p -> p.toString().endsWith(".json")).sorted().toList();
        }
        ObjectMapper mapper = new ObjectMapper();
        Map<String, List<HealCase>> references = new TreeMap<>();
        Map<String, List<HealCase>> queries = new TreeMap<>();
        for (Path file : files) {
            JsonNode root = mapper.readTree(file.toFile());
            String name = nameOf(file);
            if (SimiloSite.recognises(root)) {
                references.computeIfAbsent(name, k -> new ArrayList<>()).addAll(SimiloSite.cases(root));
            } else if (AddressBookGroups.recognises(root)) {
                references.computeIfAbsent(name, k -> new ArrayList<>()).addAll(AddressBookGroups.cases(root, name));
            } else if (QueryFixtures.recognises(root)) {
                queries.computeIfAbsent(name, k -> new ArrayList<>()).addAll(QueryFixtures.cases(root));
            }
        }
        List<HealDataset> all = new ArrayList<>();
        references.forEach((name, cases) -> all.add(new HealDataset(name, HealDataset.REFERENCE, cases)));
        queries.forEach((name, cases) -> all.add(new HealDataset(name, HealDataset.NO_REFERENCE, cases)));
        all.sort(Comparator.comparing((HealDataset d) -> !d.mode().equals(HealDataset.REFERENCE))
                .thenComparing(d -> -d.cases().size()));
        return all;
    }

    private static String nameOf(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null || parent.getFileName() == null
                ? "/"
                : parent.getFileName().toString();
    }
}
