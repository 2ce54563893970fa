package io.evenkeel.pipeline.discover;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Everything one Playwright command would run.
 *
 * <p>Immutable.
 *
 * @param config where the suite comes from
 * @param projects projects that take part, in the order of the configuration, those that set up and tear down included
 * @param tests tests that must run at least once, in the order of the runner, each id once
 * @param setUp tests of set-up and teardown projects; Playwright runs them wherever they are needed, so no plan holds them
 * @param webServers servers the configuration starts
 */
public record Suite(
        SuiteConfig config,
        List<SuiteProject> projects,
        List<SuiteTest> tests,
        List<SuiteTest> setUp,
        List<WebServer> webServers) {

    public Suite {
        projects = List.copyOf(projects);
        tests = List.copyOf(tests);
        setUp = List.copyOf(setUp);
        webServers = List.copyOf(webServers);
    }

    /** Returns the ids of the tests that must run at least once, in the order of the runner. */
    public List<String> ids() {
        return tests.stream().map(SuiteTest::id).toList();
    }

    /** Returns the SHA-256, in hex, of the sorted ids, each followed by a newline. Equal for equal sets of tests. */
    public String digest() {
        Hasher hasher = Hashing.sha256().newHasher();
        ids().stream().sorted().forEach(id -> hasher.putString(id + "\n", StandardCharsets.UTF_8));
        return hasher.hash().toString();
    }
}
