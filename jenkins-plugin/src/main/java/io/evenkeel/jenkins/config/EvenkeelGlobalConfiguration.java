package io.evenkeel.jenkins.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The Evenkeel section of the system configuration; {@code unclassified: evenkeel:} in configuration as code. Thread-safe. */
@Extension
@Symbol("evenkeel")
public final class EvenkeelGlobalConfiguration extends GlobalConfiguration {

    private String coordinatorUrl = "";
    private String credentialsId = "";
    private String command = "";

    public EvenkeelGlobalConfiguration() {
        load();
    }

    /** Returns the one of this Jenkins. */
    public static EvenkeelGlobalConfiguration get() {
        return ExtensionList.lookupSingleton(EvenkeelGlobalConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return "Evenkeel for Playwright";
    }

    public synchronized String getCoordinatorUrl() {
        return coordinatorUrl;
    }

    @DataBoundSetter
    public synchronized void setCoordinatorUrl(@Nullable String coordinatorUrl) {
        this.coordinatorUrl = CoordinatorUrl.tidy(coordinatorUrl);
        save();
    }

    public synchronized String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public synchronized void setCredentialsId(@Nullable String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
        save();
    }

    public synchronized String getCommand() {
        return command;
    }

    @DataBoundSetter
    public synchronized void setCommand(@Nullable String command) {
        this.command = Util.fixNull(command).trim();
        save();
    }

    @POST
    public FormValidation doCheckCoordinatorUrl(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return CoordinatorUrl.check(value);
    }

    @POST
    public FormValidation doCheckCredentialsId(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return CoordinatorCredentials.check(null, Util.fixNull(value));
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return CoordinatorCredentials.only(Util.fixNull(credentialsId));
        }
        return CoordinatorCredentials.list(null, Util.fixNull(credentialsId));
    }
}
