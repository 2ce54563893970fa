package io.evenkeel.jenkins.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a folder sets for the jobs in it. */
public final class EvenkeelFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {

    private String coordinatorUrl = "";
    private String credentialsId = "";
    private String command = "";

    @DataBoundConstructor
    public EvenkeelFolderProperty() {}

    public String getCoordinatorUrl() {
        return coordinatorUrl;
    }

    @DataBoundSetter
    public void setCoordinatorUrl(@Nullable String coordinatorUrl) {
        this.coordinatorUrl = CoordinatorUrl.tidy(coordinatorUrl);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@Nullable String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    public String getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(@Nullable String command) {
        this.command = Util.fixNull(command).trim();
    }

    /** The form of the folder's configuration page. */
    @Extension
    @Symbol("evenkeel")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @Override
        public String getDisplayName() {
            return "Evenkeel for Playwright";
        }

        @POST
        public FormValidation doCheckCoordinatorUrl(
                @AncestorInPath @Nullable AbstractFolder<?> folder, @QueryParameter String value) {
            check(folder);
            return CoordinatorUrl.check(value);
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath @Nullable AbstractFolder<?> folder,
                @QueryParameter String coordinatorUrl,
                @QueryParameter String value) {
            check(folder);
            if (CoordinatorUrl.tidy(coordinatorUrl).isEmpty()
                    && !Util.fixNull(value).isBlank()) {
                return FormValidation.warning("These are used only together with a coordinator of this folder.");
            }
            return CoordinatorCredentials.check(folder, Util.fixNull(value));
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath @Nullable AbstractFolder<?> folder, @QueryParameter String credentialsId) {
            boolean may = folder == null
                    ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    : folder.hasPermission(Item.CONFIGURE);
            return may
                    ? CoordinatorCredentials.list(folder, Util.fixNull(credentialsId))
                    : CoordinatorCredentials.only(Util.fixNull(credentialsId));
        }

        private static void check(@Nullable AbstractFolder<?> folder) {
            if (folder == null) {
                Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            } else {
                folder.checkPermission(Item.CONFIGURE);
            }
        }
    }
}
