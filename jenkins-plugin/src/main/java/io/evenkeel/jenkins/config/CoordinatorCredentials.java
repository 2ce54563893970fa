package io.evenkeel.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;

/** Lists and checks secret texts for the two places where one can be chosen. Callers have checked the permission. */
final class CoordinatorCredentials {

    private CoordinatorCredentials() {}

    /** Returns what can be seen from a folder, or from Jenkins itself, with the chosen one even if it is gone. */
    static ListBoxModel list(@Nullable ItemGroup<?> group, String chosen) {
        StandardListBoxModel model = new StandardListBoxModel();
        model.includeEmptyValue();
        if (group instanceof Item item) {
            model.includeAs(ACL.SYSTEM2, item, StringCredentials.class);
        } else {
            model.includeAs(ACL.SYSTEM2, Jenkins.get(), StringCredentials.class);
        }
        return model.includeCurrentValue(chosen);
    }

    /** Returns only the chosen one: for somebody who may not see the others. */
    static ListBoxModel only(String chosen) {
        return new StandardListBoxModel().includeCurrentValue(chosen);
    }

    static FormValidation check(@Nullable ItemGroup<?> group, String id) {
        if (id.isBlank()) {
            return FormValidation.ok();
        }
        var found = group instanceof Item item
                ? CredentialsProvider.lookupCredentialsInItem(StringCredentials.class, item, ACL.SYSTEM2)
                : CredentialsProvider.lookupCredentialsInItemGroup(StringCredentials.class, Jenkins.get(), ACL.SYSTEM2);
        return CredentialsMatchers.firstOrNull(found, CredentialsMatchers.withId(id)) == null
                ? FormValidation.error("There is no secret text with this id here.")
                : FormValidation.ok();
    }
}
