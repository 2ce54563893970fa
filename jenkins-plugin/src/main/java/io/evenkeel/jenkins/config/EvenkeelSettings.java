package io.evenkeel.jenkins.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one job: the settings of the nearest folder that has any, else the global ones.
 *
 * <p>Immutable.
 *
 * @param coordinator the coordinator with its token's id
 * @param command command of a step that names none
 */
public record EvenkeelSettings(Coordinator coordinator, String command) {

    /** The command where nobody says anything else. */
    public static final String USUAL_COMMAND = "npx playwright test";

    /** Returns the settings for a job. */
    public static EvenkeelSettings of(Job<?, ?> job) {
        EvenkeelGlobalConfiguration global = EvenkeelGlobalConfiguration.get();
        @Nullable Coordinator coordinator = null;
        String command = "";
        ItemGroup<?> group = job.getParent();
        while (group instanceof Item item) {
            if (item instanceof AbstractFolder<?> folder) {
                EvenkeelFolderProperty property = folder.getProperties().get(EvenkeelFolderProperty.class);
                if (property != null) {
                    if (coordinator == null && !property.getCoordinatorUrl().isEmpty()) {
                        coordinator = new Coordinator(property.getCoordinatorUrl(), property.getCredentialsId());
                    }
                    command = command.isEmpty() ? property.getCommand() : command;
                }
            }
            group = item.getParent();
        }
        if (coordinator == null) {
            coordinator = new Coordinator(global.getCoordinatorUrl(), global.getCredentialsId());
        }
        command = command.isEmpty() ? global.getCommand() : command;
        return new EvenkeelSettings(coordinator, command.isEmpty() ? USUAL_COMMAND : command);
    }

    /**
     * Returns the project token for a build and notes that the build has used it; empty when none is configured.
     *
     * @throws AbortException when the configured credentials are not there for this job
     */
    public String token(Run<?, ?> run) throws AbortException {
        if (coordinator.url().isEmpty() || coordinator.credentialsId().isEmpty()) {
            return "";
        }
        StringCredentials found =
                CredentialsProvider.findCredentialById(coordinator.credentialsId(), StringCredentials.class, run);
        if (found == null) {
            throw new AbortException("Evenkeel: there are no credentials of the kind \"Secret text\" with the id "
                    + coordinator.credentialsId() + " for this job. Create them in Jenkins or in the job's folder"
                    + " (scope Global, not System), or choose others in the Evenkeel section of the configuration.");
        }
        CredentialsProvider.track(run, found);
        return found.getSecret().getPlainText();
    }
}
