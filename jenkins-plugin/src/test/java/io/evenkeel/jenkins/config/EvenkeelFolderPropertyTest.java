package io.evenkeel.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.AbortException;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.util.Secret;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class EvenkeelFolderPropertyTest {

    @Nested
    class GivenFolderWithCoordinator {

        @Test
        void whenItsFormIsSubmitted_thenNothingIsLost(JenkinsRule jenkins) throws Exception {
            Folder folder = folder(jenkins, "https://folder.example.com", "folder-token");

            Folder again = jenkins.configRoundtrip(folder);

            EvenkeelFolderProperty property = again.getProperties().get(EvenkeelFolderProperty.class);
            assertThat(property.getCoordinatorUrl()).isEqualTo("https://folder.example.com");
            assertThat(property.getCredentialsId()).isEqualTo("folder-token");
            assertThat(property.getCommand()).isEqualTo("npx playwright test --project=desktop");
        }

        @Test
        void whenAJobInItBuilds_thenItGetsTheCredentialsOfTheFolder(JenkinsRule jenkins) throws Exception {
            Folder folder = folder(jenkins, "https://folder.example.com", "folder-token");
            store(folder).addCredentials(Domain.global(), token("folder-token", "of the folder"));
            FreeStyleBuild build = build(jenkins, folder);

            EvenkeelSettings settings = EvenkeelSettings.of(build.getParent());

            assertThat(settings.coordinator()).isEqualTo(new Coordinator("https://folder.example.com", "folder-token"));
            assertThat(settings.token(build)).isEqualTo("of the folder");
        }

        @Test
        void whenItNamesNoCredentials_thenTheGlobalTokenStaysAtHome(JenkinsRule jenkins) throws Exception {
            EvenkeelGlobalConfiguration.get().setCoordinatorUrl("https://global.example.com");
            EvenkeelGlobalConfiguration.get().setCredentialsId("global-token");
            globalStore(jenkins).addCredentials(Domain.global(), token("global-token", "of Jenkins"));
            FreeStyleBuild build = build(jenkins, folder(jenkins, "https://folder.example.com", ""));

            EvenkeelSettings settings = EvenkeelSettings.of(build.getParent());

            assertThat(settings.coordinator().url()).isEqualTo("https://folder.example.com");
            assertThat(settings.token(build)).isEmpty();
        }
    }

    @Nested
    class GivenNoFolder {

        @Test
        void whenTheCredentialsAreGone_thenTheMessageSaysWhatToDo(JenkinsRule jenkins) throws Exception {
            EvenkeelGlobalConfiguration.get().setCoordinatorUrl("https://global.example.com");
            EvenkeelGlobalConfiguration.get().setCredentialsId("gone");
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());

            assertThatThrownBy(() -> EvenkeelSettings.of(build.getParent()).token(build))
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining("Secret text")
                    .hasMessageContaining("gone");
        }

        @Test
        void whenATokenIsUsed_thenTheCredentialsListTheBuild(JenkinsRule jenkins) throws Exception {
            StringCredentialsImpl token = token("global-token", "of Jenkins");
            globalStore(jenkins).addCredentials(Domain.global(), token);
            EvenkeelGlobalConfiguration.get().setCoordinatorUrl("https://global.example.com");
            EvenkeelGlobalConfiguration.get().setCredentialsId("global-token");
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("uses-it"));

            EvenkeelSettings.of(build.getParent()).token(build);

            assertThat(CredentialsProvider.getOrCreateFingerprintOf(token).getJobs())
                    .contains("uses-it");
        }
    }

    private static Folder folder(JenkinsRule jenkins, String url, String credentialsId) throws Exception {
        Folder folder = jenkins.jenkins.createProject(Folder.class, "team");
        EvenkeelFolderProperty property = new EvenkeelFolderProperty();
        property.setCoordinatorUrl(url);
        property.setCredentialsId(credentialsId);
        property.setCommand("npx playwright test --project=desktop");
        folder.addProperty(property);
        return folder;
    }

    private static FreeStyleBuild build(JenkinsRule jenkins, Folder folder) throws Exception {
        return jenkins.buildAndAssertSuccess(folder.createProject(FreeStyleProject.class, "job"));
    }

    private static CredentialsStore store(Folder folder) throws Exception {
        folder.addProperty(
                new FolderCredentialsProperty(new com.cloudbees.plugins.credentials.domains.DomainCredentials[0]));
        return CredentialsProvider.lookupStores(folder).iterator().next();
    }

    private static CredentialsStore globalStore(JenkinsRule jenkins) {
        return CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next();
    }

    private static StringCredentialsImpl token(String id, String text) {
        return new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(text));
    }
}
