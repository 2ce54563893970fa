package io.evenkeel.jenkins.steps;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real Playwright project whose tests need no browser, as a pipeline's sources.
 *
 * <p>Its packages are those of the project's fixtures; where they are not installed, the test is skipped.
 */
final class PlaywrightProject {

    private static final Path PACKAGES =
            Path.of("..", "fixtures", "playwright", "1.58.2", "node_modules").toAbsolutePath();

    private final Path folder;

    private PlaywrightProject(Path folder) {
        this.folder = folder;
    }

    /** Makes a project of {@code files} files with two tests each; each test takes {@code testMs} milliseconds. */
    static PlaywrightProject in(Path folder, int files, int testMs) throws IOException {
        assumeTrue(Files.isDirectory(PACKAGES), "npm ci in fixtures/playwright/1.58.2 comes first");
        Files.writeString(
                folder.resolve("playwright.config.js"), "module.exports = { testDir: './tests', workers: 1 };\n");
        Files.createDirectories(folder.resolve("tests"));
        PlaywrightProject project = new PlaywrightProject(folder);
        for (int i = 1; i <= files; i++) {
            project.test("file" + i, "await new Promise(done => setTimeout(done, " + testMs + "));");
        }
        return project;
    }

    /** Adds a file with two tests of the same body. */
    PlaywrightProject test(String name, String body) throws IOException {
        Files.writeString(
                folder.resolve("tests").resolve(name + ".spec.js"), """
                const { test, expect } = require('@playwright/test');
                test('%1$s one', async () => { %2$s });
                test('%1$s two', async () => { %2$s });
                """.formatted(name, body), StandardCharsets.UTF_8);
        return this;
    }

    /** Returns the pipeline's line that brings the project into a workspace. */
    String checkout() {
        return "sh \"cp -r '" + folder + "/.' . && ln -sfn '" + PACKAGES + "' node_modules\"";
    }
}
