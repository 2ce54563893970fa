package io.evenkeel.jenkins.config;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import io.jenkins.plugins.casc.model.CNode;
import java.net.URL;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

class EvenkeelGlobalConfigurationTest {

    private static final String FORM = "descriptorByName/io.evenkeel.jenkins.config.EvenkeelGlobalConfiguration/";

    @Nested
    class GivenFilledForm {

        @RegisterExtension
        private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

        @Test
        void whenSubmittedAndRestarted_thenNothingIsLost() throws Throwable {
            sessions.then(jenkins -> {
                fill(EvenkeelGlobalConfiguration.get());
                jenkins.configRoundtrip();
                assertFilled(EvenkeelGlobalConfiguration.get());
            });
            sessions.then(jenkins -> assertFilled(EvenkeelGlobalConfiguration.get()));
        }

        private static void fill(EvenkeelGlobalConfiguration configuration) {
            configuration.setCoordinatorUrl("https://evenkeel.example.com/");
            configuration.setCredentialsId("evenkeel-token");
            configuration.setCommand("npx playwright test --project=desktop");
        }
    }

    @Nested
    @WithJenkinsConfiguredWithCode
    class GivenYaml {

        @Test
        @ConfiguredWithCode("casc.yaml")
        void whenImported_thenItIsTheConfiguration(JenkinsConfiguredWithCodeRule jenkins) {
            assertFilled(EvenkeelGlobalConfiguration.get());
        }

        @Test
        @ConfiguredWithCode("casc.yaml")
        void whenExported_thenTheSameComesOut(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
            ConfiguratorRegistry registry = ConfiguratorRegistry.get();

            CNode exported =
                    getUnclassifiedRoot(new ConfigurationContext(registry)).get("evenkeel");

            assertThat(exported.asMapping().getScalarValue("coordinatorUrl")).isEqualTo("https://evenkeel.example.com");
            assertThat(exported.asMapping().getScalarValue("credentialsId")).isEqualTo("evenkeel-token");
        }
    }

    @Nested
    @WithJenkins
    class GivenUserWhoMayOnlyRead {

        @Test
        void whenFormMethodsAreCalled_thenTheyAreRefused(JenkinsRule jenkins) throws Exception {
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ)
                    .everywhere()
                    .to("reader"));
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                client.login("reader");
                client.setThrowExceptionOnFailingStatusCode(false);

                assertThat(status(jenkins, client, HttpMethod.POST, "checkCoordinatorUrl?value=x"))
                        .isEqualTo(403);
                assertThat(status(jenkins, client, HttpMethod.POST, "checkCredentialsId?value=x"))
                        .isEqualTo(403);
            }
        }

        @Test
        void whenFormMethodsAreFetched_thenTheyWantPost(JenkinsRule jenkins) throws Exception {
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                client.setThrowExceptionOnFailingStatusCode(false);

                assertThat(status(jenkins, client, HttpMethod.GET, "checkCoordinatorUrl?value=x"))
                        .isIn(404, 405);
                assertThat(status(jenkins, client, HttpMethod.GET, "fillCredentialsIdItems"))
                        .isIn(404, 405);
            }
        }

        private static int status(JenkinsRule jenkins, JenkinsRule.WebClient client, HttpMethod method, String path)
                throws Exception {
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), FORM + path), method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }

    @Nested
    class GivenAddress {

        @Test
        void whenItIsNoWebAddress_thenTheFormSaysSo() {
            assertThat(CoordinatorUrl.check("ftp://host").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(CoordinatorUrl.check("https://user:pass@host").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(CoordinatorUrl.check("not an address").kind).isEqualTo(FormValidation.Kind.ERROR);
        }

        @Test
        void whenItIsUnencrypted_thenTheFormWarns() {
            assertThat(CoordinatorUrl.check("http://host").kind).isEqualTo(FormValidation.Kind.WARNING);
            assertThat(CoordinatorUrl.check("https://host").kind).isEqualTo(FormValidation.Kind.OK);
        }
    }

    private static void assertFilled(EvenkeelGlobalConfiguration configuration) {
        assertThat(configuration.getCoordinatorUrl()).isEqualTo("https://evenkeel.example.com");
        assertThat(configuration.getCredentialsId()).isEqualTo("evenkeel-token");
        assertThat(configuration.getCommand()).isEqualTo("npx playwright test --project=desktop");
    }
}
