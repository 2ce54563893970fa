package io.evenkeel.healing.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.FailureCases;
import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {

    @Nested
    class GivenTracesOfFivePlaywrightVersions {

        @ParameterizedTest
        @CsvSource({
            "pw-1.40.1-role-name-changed, 6",
            "pw-1.49.1-role-name-changed, 7",
            "pw-1.58.2-role-name-changed, 8",
            "pw-1.63.0-role-name-changed, 9",
            "role-name-changed, 10",
        })
        void whenTheFailingCallIsLookedUp_thenThePageHoldsTheRenamedButton(String name, int version) throws Exception {
            Trace trace = TraceReader.read(TraceFile.at(FailureCases.FOLDER.resolve(name + "/trace.zip")));

            List<TracedAction> failed =
                    trace.actions().stream().filter(TracedAction::failed).toList();
            assertThat(trace.version()).isEqualTo(version);
            assertThat(trace.testIdAttribute()).isEqualTo("data-testid");
            assertThat(failed).hasSize(1);
            assertThat(failed.get(0).locator()).isEqualTo("getByRole('button', { name: 'Sign in' })");
            assertThat(failed.get(0).place().line()).isEqualTo(5);
            TracedPage page = trace.pageAfter(failed.get(0)).orElseThrow();
            Accessibility tree = new Accessibility(page.dom());
            assertThat(page.dom().elements())
                    .filteredOn(e -> tree.role(e).equals("button"))
                    .extracting(tree::name)
                    .containsExactly("Log in");
            assertThat(page.dom().title()).isEqualTo("Login");
        }

        @ParameterizedTest
        @CsvSource({
            "pw-1.40.1-role-name-changed",
            "pw-1.49.1-role-name-changed",
            "pw-1.58.2-role-name-changed",
            "pw-1.63.0-role-name-changed",
            "role-name-changed"
        })
        void whenACallPassed_thenItsElementIsMarkedAndNoTypedValueRemains(String name) throws Exception {
            Trace trace = TraceReader.read(TraceFile.at(FailureCases.FOLDER.resolve(name + "/trace.zip")));
            TracedAction fill = trace.actions().stream()
                    .filter(a -> a.method().equals("fill"))
                    .findFirst()
                    .orElseThrow();

            TracedPage page = trace.pageWithTarget(fill).orElseThrow();

            assertThat(fill.locator()).isEqualTo("getByLabel('User name')");
            assertThat(page.targets())
                    .singleElement()
                    .satisfies(e -> assertThat(e.attribute("id")).isEqualTo("login-user"));
            assertThat(page.dom().elements())
                    .flatExtracting(Element::attributes)
                    .noneSatisfy(attributes -> assertThat(attributes.toString()).contains("ann"));
        }
    }
}
