package io.evenkeel.pipeline.heal;

import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.SourceLocation;
import java.util.List;

/**
 * Where the files that a spool names lie in the project: a run may have happened in a work copy, or on another machine.
 *
 * <p>Immutable.
 *
 * @param project the project folder, absolute, with {@code /}
 * @param copies folders that were copies of the project folder, absolute, with {@code /}, longest first
 */
public record SourcePlaces(String project, List<String> copies) {

    public SourcePlaces {
        copies = List.copyOf(copies);
    }

    /** Returns a path of the run as a path of the project; a path outside of it as it is. */
    public String inProject(String path) {
        String file = path.replace('\\', '/');
        for (String copy : copies) {
            if (file.startsWith(copy + "/")) {
                return project + file.substring(copy.length());
            }
        }
        return file;
    }

    /** Returns a text with all paths of the run as paths of the project. */
    public String inText(String text) {
        String result = text;
        for (String copy : copies) {
            result = result.replace(copy + "/", project + "/");
        }
        return result;
    }

    /** Returns an error with its paths in the project. */
    public ErrorInfo inProject(ErrorInfo error) {
        return new ErrorInfo(
                inText(error.message()),
                error.stack().map(this::inText),
                error.location().map(l -> new SourceLocation(inProject(l.file()), l.line(), l.column())),
                error.snippet());
    }
}
