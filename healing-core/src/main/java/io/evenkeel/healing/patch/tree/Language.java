package io.evenkeel.healing.patch.tree;

import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.synthesis.Dialect;
import java.util.List;
import org.treesitter.TSLanguage;

/** Port: what differs between the languages tests are written in. Implementations are immutable. */
public interface Language {

    /** How reports and sources of this language write locators. */
    Dialect dialect();

    /** Returns the endings of its files, each with its dot. */
    List<String> endings();

    /** Returns a new instance of the grammar. */
    TSLanguage grammar();

    /** Says what a file declares and calls. */
    Outline outline(SourceUnit unit);

    /**
     * Returns the paths of files a module may be, best first.
     *
     * @param module as an import writes it
     * @param from path of the importing file
     */
    List<String> imported(String module, String from, SourceFiles files);

    /** Returns whether a bare name may be a member of the class around it, and a class be used without import. */
    boolean bareMembers();

    /**
     * Returns new calls as they can stand in a file, or empty if that needs more, such as an import.
     *
     * @param code as the dialect writes them
     */
    default java.util.Optional<String> fitted(String code, SourceUnit unit) {
        return java.util.Optional.of(code);
    }
}
