package io.evenkeel.pipeline.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.pipeline.heal.DefinitionUsers.TestLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DefinitionUsersTest {

    private static SourceFiles sources(Map<String, String> files) {
        return SourceFiles.of(files.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().getBytes(StandardCharsets.UTF_8))));
    }

    private static final List<TestLine> TESTS = List.of(
            new TestLine("a1", "tests/a.spec.ts", 5),
            new TestLine("a1-mobile", "tests/a.spec.ts", 5),
            new TestLine("a2", "tests/a.spec.ts", 12),
            new TestLine("b1", "tests/b.spec.ts", 3),
            new TestLine("c1", "tests/c.spec.ts", 3));

    @Nested
    class GivenAUseInATestFile {

        private final DefinitionUsers users = DefinitionUsers.of(TESTS, sources(Map.of()));

        @Test
        void whenItStandsInATest_thenThatTestIsAUserInEachProject() {
            assertThat(users.testsAt(List.of(new CallSite("tests/a.spec.ts", 8, 1))))
                    .containsExactly("a1", "a1-mobile");
        }

        @Test
        void whenItStandsAboveTheFirstTest_thenAllTestsOfTheFileAreUsers() {
            assertThat(users.testsAt(List.of(new CallSite("tests/a.spec.ts", 2, 1))))
                    .containsExactly("a1", "a1-mobile", "a2");
        }
    }

    @Nested
    class GivenAUseInAPageObject {

        @Test
        void whenTestsImportItThroughAnother_thenTheyAreUsers() {
            DefinitionUsers users = DefinitionUsers.of(
                    TESTS,
                    sources(Map.of(
                            "pages/cart.ts", "export class Cart {}",
                            "pages/index.ts", "export * from './cart';",
                            "tests/a.spec.ts", "import { Cart } from '../pages';",
                            "tests/b.spec.ts", "const { Cart } = require(\"../pages/cart.js\");",
                            "tests/c.spec.ts", "import { test } from '@playwright/test';")));

            assertThat(users.testsAt(List.of(new CallSite("pages/cart.ts", 1, 1))))
                    .containsExactlyInAnyOrder("a1", "a1-mobile", "a2", "b1");
        }

        @Test
        void whenImportsFormACycle_thenTheSearchEnds() {
            DefinitionUsers users = DefinitionUsers.of(
                    TESTS,
                    sources(Map.of(
                            "pages/x.ts", "import './y'; import '../tests/b.spec';",
                            "pages/y.ts", "import './x'; import '../../../outside';",
                            "tests/b.spec.ts", "import '../pages/x';")));

            assertThat(users.testsAt(List.of(new CallSite("pages/y.ts", 1, 1)))).containsExactly("b1");
        }
    }
}
