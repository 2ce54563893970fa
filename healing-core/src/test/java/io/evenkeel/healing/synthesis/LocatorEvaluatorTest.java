package io.evenkeel.healing.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.html.HtmlReader;
import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocatorEvaluatorTest {

    private static final String PAGE = """
            <title>Shop</title>
            <header><nav id=n1 aria-label=Main><a id=a1 href=/todo>Todos</a> <a id=a2 href=/shop>Shop <b id=b1>now</b></a></nav></header>
            <main id=m1><h1 id=h1>Our shop</h1>
              <form id=f1><label id=l1>User name <input id=i1 name=user></label>
                <label for=i2>Password</label><input id=i2 type=password placeholder="Your secret">
                <input id=i3 type=submit value="Log in"> <input id=i4 type=checkbox checked aria-label="Keep me">
                <select id=s1 aria-labelledby="h1"><option id=o1>One</option></select></form>
              <article id=c1 class="card big"><h2>Apple</h2><button id=k1 data-testid=buy-apple>Add <span>to cart</span></button></article>
              <article id=c2 class=card><h2>Pear</h2><button id=k2 data-testid=buy-pear title="Buy it">Add to cart</button></article>
              <div id=d1 hidden><button id=k3>Add to cart</button></div>
              <details id=t1><summary id=u1>Terms</summary><p id=p1>Three days</p></details>
              <div id=w1><template shadowrootmode=open><span id=x1>In the shadow</span></template></div>
              <img id=g1 alt="A pear"><div id=r1 role=status>Hello  ann</div>
            </main>
            """;

    private final Accessibility tree = new Accessibility(HtmlReader.read(PAGE, "http://x/shop"));
    private final LocatorEvaluator evaluator = new LocatorEvaluator(tree, "data-testid");

    @Nested
    class GivenAPage {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "getByRole('link', { name: 'todos' })|a1",
                    "getByRole('link', { name: 'Shop now', exact: true })|a2",
                    "getByRole('navigation', { name: 'Main' })|n1",
                    "getByRole('button', { name: 'Add to cart' })|k1 k2",
                    "getByRole('button', { name: /^log/i })|i3",
                    "getByRole('heading', { level: 1 })|h1",
                    "getByRole('checkbox', { checked: true })|i4",
                    "getByRole('combobox', { name: 'Our shop' })|s1",
                    "getByRole('textbox', { name: 'User name' })|i1",
                    "getByLabel('Password')|i2",
                    "getByPlaceholder('secret')|i2",
                    "getByAltText('a pear')|g1",
                    "getByTitle('Buy it')|k2",
                    "getByTestId('buy-pear')|k2",
                    "getByTestId(/^buy-/)|k1 k2",
                    "getByText('Add to cart')|k1 k2 k3",
                    "getByText('hello ANN')|r1",
                    "getByText('In the shadow')|x1",
                    "getByText('Hello', { exact: true })|''",
                    "locator('article').filter({ hasText: 'Pear' }).getByText('Add to cart')|k2",
                    "locator('article').filter({ has: page.getByTestId('buy-apple') })|c1",
                    "locator('.card').first()|c1",
                    "locator('.card').last()|c2",
                    "locator('.card').nth(1)|c2",
                    "locator('main > article.card:not(.big) button')|k2",
                    "locator('#f1 input[type=\"submit\" i]')|i3",
                    "locator('article:has-text(\"pear\") >> button')|k2",
                    "locator('h2 + button')|k1 k2",
                    "locator('article:nth-of-type(2)')|c2",
                    "locator('button:visible')|k1 k2",
                    "locator('text=Three days')|p1",
                    "locator('id=d1')|d1",
                    "getByRole('button').and(page.getByTitle('Buy it'))|k2",
                    "getByRole('button', { name: 'Terms' })|u1",
                })
        void whenALocatorIsEvaluated_thenItFindsWhatPlaywrightFinds(String code, String ids) {
            Locator locator = Locator.parse(code).orElseThrow();

            assertThat(evaluator.find(locator))
                    .hasValueSatisfying(found -> assertThat(found)
                            .extracting(e -> e.attribute("id"))
                            .isEqualTo(ids.isEmpty() ? java.util.List.of() : java.util.List.of(ids.split(" "))));
        }

        @ParameterizedTest
        @ValueSource(strings = {"locator('//button')", "locator('button:hover')", "locator('a[')"})
        void whenALocatorCannotBeEvaluated_thenItSaysSo(String code) {
            assertThat(evaluator.find(Locator.parse(code).orElseThrow())).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"p1, true", "u1, false", "k3, true", "k2, false"})
        void whenTheDocumentHidesAnElement_thenItIsHidden(String id, boolean hidden) {
            Element element = tree.snapshot().elements().stream()
                    .filter(e -> e.attribute("id").equals(id))
                    .findFirst()
                    .orElseThrow();

            assertThat(tree.hidden(element)).isEqualTo(hidden);
        }
    }
}
