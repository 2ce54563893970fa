package io.evenkeel.healing.patch.typescript;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evenkeel.healing.source.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the file of an import: relative, by {@code paths} of a tsconfig, or by {@code exports} of a package of a monorepo. */
final class Modules {

    private static final int MAX_FOLDERS = 2_000;
    private static final int MAX_PARENTS = 4;
    private static final List<String> ENDINGS = List.of(
            "", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", "/index.ts", "/index.tsx", "/index.js");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private final SourceFiles files;

    Modules(SourceFiles files) {
        this.files = files;
    }

    /** Returns the paths a module may have, best first. */
    List<String> candidates(String module, String from) {
        List<String> bases = new ArrayList<>();
        if (module.startsWith(".")) {
            bases.add(join(folder(from), module));
        } else {
            bases.addAll(byConfig(module, from));
            bases.addAll(byPackage(module));
        }
        Set<String> paths = new LinkedHashSet<>();
        for (String base : bases) {
            String bare = base.replaceFirst("\\.([mc]?)js$", ".$1ts"); // "./page.js" may mean page.ts
            for (String ending : ENDINGS) {
                paths.add(base + ending);
                paths.add(bare + ending);
            }
        }
        return List.copyOf(paths);
    }

    private List<String> byConfig(String module, String from) {
        List<String> bases = new ArrayList<>();
        for (Optional<String> at = Optional.of(folder(from)); at.isPresent(); at = parent(at.get())) {
            for (String name : List.of("tsconfig.json", "jsconfig.json")) {
                mapped(join(at.get(), name), module, 0, bases);
            }
            if (!bases.isEmpty()) {
                return bases;
            }
        }
        return bases;
    }

    private void mapped(String config, String module, int depth, List<String> bases) {
        Optional<JsonNode> json = json(config);
        if (json.isEmpty() || depth > MAX_PARENTS) {
            return;
        }
        JsonNode options = json.get().path("compilerOptions");
        String base = join(folder(config), options.path("baseUrl").asText("."));
        Iterator<Map.Entry<String, JsonNode>> paths = options.path("paths").fields();
        while (paths.hasNext()) {
            Map.Entry<String, JsonNode> rule = paths.next();
            match(rule.getKey(), module)
                    .ifPresent(rest -> rule.getValue()
                            .forEach(target ->
                                    bases.add(join(base, target.asText().replace("*", rest)))));
        }
        if (bases.isEmpty() && options.has("baseUrl")) {
            bases.add(join(base, module));
        }
        String parent = json.get().path("extends").asText("");
        if (bases.isEmpty() && parent.startsWith(".")) {
            String path = join(folder(config), parent);
            mapped(path.endsWith(".json") ? path : path + ".json", module, depth + 1, bases);
        }
    }

    /** Returns what the star stands for; empty text for a rule without one. */
    private static Optional<String> match(String rule, String module) {
        int star = rule.indexOf('*');
        if (star < 0) {
            return rule.equals(module) ? Optional.of("") : Optional.empty();
        }
        String start = rule.substring(0, star);
        String end = rule.substring(star + 1);
        boolean fits =
                module.length() >= start.length() + end.length() && module.startsWith(start) && module.endsWith(end);
        return fits ? Optional.of(module.substring(start.length(), module.length() - end.length())) : Optional.empty();
    }

    private List<String> byPackage(String module) {
        Set<String> folders = new LinkedHashSet<>();
        for (String file : files.list()) {
            for (Optional<String> at = Optional.of(folder(file)); at.isPresent(); at = parent(at.get())) {
                if (folders.size() >= MAX_FOLDERS || !folders.add(at.get())) {
                    break;
                }
            }
        }
        List<String> bases = new ArrayList<>();
        for (String folder : folders) {
            Optional<JsonNode> manifest = json(join(folder, "package.json"));
            String name = manifest.map(m -> m.path("name").asText("")).orElse("");
            if (!name.isEmpty() && (module.equals(name) || module.startsWith(name + "/"))) {
                String rest = module.substring(name.length());
                JsonNode exports = manifest.orElseThrow().path("exports");
                exported(exports, "." + rest).forEach(path -> bases.add(join(folder, path)));
                if (bases.isEmpty()) {
                    String main = manifest.orElseThrow().path("main").asText("index");
                    bases.add(join(folder, rest.isEmpty() ? main : rest.substring(1)));
                    bases.add(join(folder, "src/" + (rest.isEmpty() ? "index" : rest.substring(1))));
                }
            }
        }
        return bases;
    }

    private static List<String> exported(JsonNode exports, String key) {
        List<String> found = new ArrayList<>();
        if (exports.isTextual() && key.equals(".")) {
            found.add(exports.asText());
        }
        Iterator<Map.Entry<String, JsonNode>> rules = exports.fields();
        while (rules.hasNext()) {
            Map.Entry<String, JsonNode> rule = rules.next();
            Optional<String> rest = match(rule.getKey(), key);
            if (rest.isPresent()) {
                targets(rule.getValue(), found);
                found.replaceAll(path -> path.replace("*", rest.get()));
            }
        }
        return found;
    }

    private static void targets(JsonNode target, List<String> found) {
        if (target.isTextual()) {
            found.add(target.asText());
        } else {
            target.forEach(one -> targets(one, found));
        }
    }

    private Optional<JsonNode> json(String path) {
        try {
            Optional<byte[]> bytes = files.read(path);
            return bytes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(JSON.readTree(new String(bytes.get(), StandardCharsets.UTF_8)));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a file that cannot be read maps nothing
        }
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static Optional<String> parent(String folder) {
        return folder.isEmpty() ? Optional.empty() : Optional.of(folder(folder));
    }

    private static String join(String folder, String path) {
        List<String> parts = new ArrayList<>();
        for (String part : (folder.isEmpty() ? path : folder + "/" + path).split("/", -1)) {
            boolean up = part.equals("..")
                    && !parts.isEmpty()
                    && !parts.get(parts.size() - 1).equals("..");
            if (up) {
                parts.remove(parts.size() - 1);
            } else if (!part.equals(".") && !part.isEmpty()) {
                parts.add(part);
            }
        }
        return (folder.startsWith("/") ? "/" : "") + String.join("/", parts);
    }
}
