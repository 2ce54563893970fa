package io.evenkeel.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String number = number();
        return new String[] {"evenkeel " + (number.isEmpty() ? "(not packaged)" : number), "Java " + Runtime.version()};
    }

    /** Returns the version alone; empty outside of a jar. */
    static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "");
    }
}
