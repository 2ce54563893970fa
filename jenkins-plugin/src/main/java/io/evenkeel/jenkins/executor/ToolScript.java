package io.evenkeel.jenkins.executor;

import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.durabletask.WindowsBatchScript;

/**
 * The script that starts the jar with the Java of the place where it runs: the agent's own, else {@code JAVA_HOME}, else {@code PATH}.
 *
 * <p>The agent's own comes first because it is new enough; in a container it is not there. Immutable.
 *
 * @param jar path of the jar on the node
 * @param agentJava folder of the Java that runs the agent
 * @param arguments what follows {@code -jar evenkeel.jar}
 */
record ToolScript(String jar, String agentJava, List<String> arguments) {

    /** A short-lived program starts faster with these. */
    private static final String OPTIONS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private static final String NO_JAVA =
            "evenkeel: there is no Java here. Install Java 17 or newer in this container or on this agent, or set JAVA_HOME.";

    ToolScript {
        arguments = List.copyOf(arguments);
    }

    DurableTask task(boolean unix) {
        return unix ? new BourneShellScript(posix()) : new WindowsBatchScript(batch());
    }

    /** Returns a script that begins with an interpreter, so that it is neither traced nor stopped at the first error. */
    String posix() {
        String words = arguments.stream().map(CommandWords::posix).collect(Collectors.joining(" "));
        String agent = CommandWords.posix(agentJava + "/bin/java");
        return """
                #!/bin/sh
                java=
                if [ -x %1$s ]; then java=%1$s
                elif [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then java=$JAVA_HOME/bin/java
                elif command -v java >/dev/null 2>&1; then java=java
                fi
                if [ -z "$java" ]; then
                  echo '%2$s' >&2
                  exit 3
                fi
                exec "$java" %3$s -jar %4$s %5$s
                """.formatted(agent, NO_JAVA, OPTIONS, CommandWords.posix(jar), words);
    }

    String batch() {
        String words = arguments.stream().map(CommandWords::batch).collect(Collectors.joining(" "));
        return """
                @echo off
                setlocal DisableDelayedExpansion
                set "EVENKEEL_JAVA="
                if exist "%1$s" set "EVENKEEL_JAVA=%1$s"
                if not defined EVENKEEL_JAVA if defined JAVA_HOME if exist "%%JAVA_HOME%%\\bin\\java.exe" set "EVENKEEL_JAVA=%%JAVA_HOME%%\\bin\\java.exe"
                if not defined EVENKEEL_JAVA for %%%%J in (java.exe) do if not "%%%%~$PATH:J"=="" set "EVENKEEL_JAVA=%%%%~$PATH:J"
                if not defined EVENKEEL_JAVA (
                  echo %2$s>&2
                  exit /b 3
                )
                "%%EVENKEEL_JAVA%%" %3$s -jar %4$s %5$s
                exit /b %%ERRORLEVEL%%
                """.formatted(
                (agentJava + "\\bin\\java.exe").replace("%", "%%"), NO_JAVA, OPTIONS, CommandWords.batch(jar), words);
    }
}
