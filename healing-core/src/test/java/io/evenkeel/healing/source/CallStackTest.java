package io.evenkeel.healing.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallStackTest {

    private static final CallSite PLACE = new CallSite("/ci/shop/tests/forms.ts", 5, 46);

    @Test
    void readsTheFramesOfV8() {
        CallStack stack = CallStack.of(PLACE, """
                TimeoutError: locator.fill: Timeout 3000ms exceeded.
                Call log:
                  - waiting for getByLabel('Name') at the top

                    at fillField (/ci/shop/tests/forms.ts:5:46)
                    at async LoginPage.register (/ci/shop/pages/login-page.ts:21:5)
                    at /ci/shop/tests/register.spec.ts:17:19
                    at file:///ci/shop/tests/helper.mjs:3:1
                    at fixture (C:\\ci\\shop\\fixture.ts:9:2)
                """);

        assertThat(stack.place()).isEqualTo(PLACE);
        assertThat(stack.callers())
                .containsExactly(
                        new CallSite("/ci/shop/pages/login-page.ts", 21, 5),
                        new CallSite("/ci/shop/tests/register.spec.ts", 17, 19),
                        new CallSite("/ci/shop/tests/helper.mjs", 3, 1),
                        new CallSite("C:/ci/shop/fixture.ts", 9, 2));
    }

    @Test
    void placeIsTheFirstFrameIfTheReportNamesNone() {
        assertThat(CallStack.of(CallSite.UNKNOWN, "    at a.ts:1:2\n    at b.ts:3:4\n")
                        .place())
                .isEqualTo(new CallSite("a.ts", 1, 2));
    }

    @Test
    void isEmptyWithoutFrames() {
        assertThat(CallStack.of(CallSite.UNKNOWN, "Error: we met at noon, 12:30:45 that is")
                        .frames())
                .isEmpty();
        assertThat(CallStack.UNKNOWN.place().known()).isFalse();
        assertThat(CallStack.UNKNOWN.callers()).isEmpty();
    }

    @Test
    void isMadeRelativeToTheProject() {
        assertThat(CallStack.of(PLACE, "    at x (/elsewhere/y.ts:1:1)")
                        .relativeTo("/ci/shop")
                        .frames())
                .containsExactly(new CallSite("tests/forms.ts", 5, 46), new CallSite("/elsewhere/y.ts", 1, 1));
    }
}
