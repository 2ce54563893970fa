package io.evenkeel.pipeline.estimate;

import java.util.List;

/**
 * A test of the suite as it is now, by the names that survive from run to run.
 *
 * <p>Immutable.
 *
 * @param id Playwright's own id
 * @param project empty for a configuration without projects
 * @param file relative to the root folder, with {@code /}
 * @param titles describe blocks and the test's own title, outermost first
 */
public record KnownTest(String id, String project, String file, List<String> titles) {

    public KnownTest {
        titles = List.copyOf(titles);
    }
}
