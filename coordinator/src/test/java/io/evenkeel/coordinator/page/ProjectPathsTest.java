package io.evenkeel.coordinator.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProjectPathsTest {

    private static final String STACK = """
            at ProductPage.add (/builds/7/shop/pages/product-page.ts:12:5)
            at /builds/7/shop/tests/cart/product.spec.ts:9:3
            at /usr/lib/node_modules/playwright/lib/x.js:1:1""";

    @Nested
    class GivenAnErrorOfATest {

        @Test
        void whenTheTestFileStandsInTheStack_thenTheFolderOfTheMachineGoes() {
            ProjectPaths paths =
                    ProjectPaths.in("cart/product.spec.ts", "/builds/7/shop/pages/product-page.ts:12", STACK);

            assertThat(paths.shown("/builds/7/shop/pages/product-page.ts:12")).isEqualTo("pages/product-page.ts:12");
            assertThat(paths.shown(STACK)).isEqualTo("""
                    at ProductPage.add (pages/product-page.ts:12:5)
                    at tests/cart/product.spec.ts:9:3
                    at /usr/lib/node_modules/playwright/lib/x.js:1:1""");
        }

        @Test
        void whenTheTestFileStandsNowhere_thenNothingIsCut() {
            ProjectPaths paths = ProjectPaths.in("cart/product.spec.ts", "/builds/7/shop/pages/product-page.ts:12", "");

            assertThat(paths.shown(STACK)).isEqualTo(STACK);
        }
    }

    @Nested
    class GivenAnErrorOutsideOfTests {

        @Test
        void whenThereIsNoTestFile_thenNothingIsCut() {
            assertThat(ProjectPaths.in("", STACK).shown(STACK)).isEqualTo(STACK);
        }
    }
}
