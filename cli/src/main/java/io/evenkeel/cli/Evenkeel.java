package io.evenkeel.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** The command without a sub-command: shows the help. */
@Command(
        name = "evenkeel",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = AutoComplete.GenerateCompletion.class,
        synopsisSubcommandLabel = "<command>",
        description = {"Balances, judges and heals Playwright suites in any CI."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  evenkeel local --executors 3 -- npx playwright test      split over this machine",
            "  evenkeel plan --shards 5 -- npx playwright test          once, before the shards",
            "  evenkeel run --shard 2/5 -- npx playwright test          on each executor",
            "  evenkeel report                                          once, after them",
            "  evenkeel heal --push                                     repair broken locators, prove it, push a fix branch",
            "",
            "Environment: EVENKEEL_URL, EVENKEEL_TOKEN (coordinator, optional), EVENKEEL_DIR, EVENKEEL_RUN, EVENKEEL_SHARD.",
            "Exit codes: 0 passed, 1 tests failed, 2 wrong use, 3 tests could not be run or completeness is unproven, 130 interrupted (143 by SIGTERM)."
        })
final class Evenkeel {}
