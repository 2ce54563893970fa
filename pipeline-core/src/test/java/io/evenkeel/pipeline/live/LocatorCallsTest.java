package io.evenkeel.pipeline.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.evenkeel.healing.synthesis.Locator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatorCallsTest {

    private static Optional<ArrayNode> calls(String locator) {
        return LocatorCalls.of(Locator.parse(locator).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "getByRole('button', { name: 'Log in' })|"
                        + "[{'call':'getByRole','args':[{'literal':'button'},{'options':{'name':{'literal':'Log in'}}}]}]",
                "getByRole('heading', { name: 'A', exact: true, level: 2 })|"
                        + "[{'call':'getByRole','args':[{'literal':'heading'},{'options':{'name':{'literal':'A'},'exact':{'literal':true},'level':{'literal':2}}}]}]",
                "getByRole('list')|[{'call':'getByRole','args':[{'literal':'list'}]}]",
                "getByText(/^go$/i)|[{'call':'getByText','args':[{'regex':'^go$','flags':'i'}]}]",
                "getByTestId('send')|[{'call':'getByTestId','args':[{'literal':'send'}]}]",
                "locator('#mail')|[{'call':'locator','args':[{'literal':'#mail'}]}]",
                "locator('li').filter({ hasText: 'Pear' }).getByLabel('Count', { exact: true })|"
                        + "[{'call':'locator','args':[{'literal':'li'}]},{'call':'filter','args':[{'options':{'hasText':{'literal':'Pear'}}}]},"
                        + "{'call':'getByLabel','args':[{'literal':'Count'},{'options':{'exact':{'literal':true}}}]}]",
                "locator('li').filter({ has: page.getByText('Pear') })|"
                        + "[{'call':'locator','args':[{'literal':'li'}]},{'call':'filter','args':[{'options':{'has':{'locator':[{'call':'getByText','args':[{'literal':'Pear'}]}]}}}]}]",
            })
    void whenALocatorIsWritten_thenItIsAListOfCalls(String locator, String json) {
        assertThat(calls(locator)).map(ArrayNode::toString).contains(json.replace('\'', '"'));
    }

    @Test
    void whenATextLooksLikeCode_thenItStaysAText() {
        assertThat(calls("getByText('\\'); process.exit(\\'')"))
                .map(ArrayNode::toString)
                .contains("[{\"call\":\"getByText\",\"args\":[{\"literal\":\"'); process.exit('\"}]}]");
    }

    @Test
    void whenItLeadsIntoAFrame_thenThereIsNone() {
        assertThat(calls("locator('iframe').contentFrame().getByText('Pay')")).isEmpty();
    }
}
