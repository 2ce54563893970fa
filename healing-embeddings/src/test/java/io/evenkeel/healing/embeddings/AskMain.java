package io.evenkeel.healing.embeddings;

import io.evenkeel.healing.Adviser;
import io.evenkeel.healing.Adviser.Described;
import io.evenkeel.healing.Adviser.Question;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.pipeline.ai.EmbeddingsJar;
import java.nio.file.Path;
import java.util.List;

/** Asks the jar (first argument) in a process of its own, as the program does: the advice and the class loader, and what is warned of. */
final class AskMain {

    private AskMain() {}

    /** Prints one line for each. */
    public static void main(String[] arguments) {
        Adviser adviser =
                EmbeddingsJar.of(Path.of(arguments[0]), "").adviser(line -> System.out.println("warned: " + line));
        for (int i = 0; i < 2; i++) {
            System.out.println(adviser.ask(new Question(
                    "locator('#x')",
                    "click",
                    new Described("", "Sign in"),
                    List.of(new Described("", "Sign up"), new Described("", "Log in")),
                    Tier.NONE)));
        }
    }
}
