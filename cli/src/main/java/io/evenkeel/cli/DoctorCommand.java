package io.evenkeel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.doctor.Check;
import io.evenkeel.pipeline.doctor.Check.State;
import io.evenkeel.pipeline.doctor.Doctor;
import io.evenkeel.pipeline.doctor.Machine;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evenkeel doctor}. */
@Command(
        name = "doctor",
        description = {"Says what is there, what is missing and how to mend it. Changes nothing."},
        footer = {"", "Exit code: 0 runs will work, 3 something is missing."})
final class DoctorCommand implements Callable<Integer> {

    private final Program program;

    @Mixin
    private final ProjectOptions project = new ProjectOptions();

    @Option(names = "--json", description = "Print the checks as JSON on standard output.")
    private boolean json;

    DoctorCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        List<Check> checks = new Doctor(new Machine(program.settings().env())).examine(project.directory());
        if (json) {
            print(checks, program.out());
        } else {
            checks.forEach(this::print);
        }
        boolean missing = checks.stream().anyMatch(check -> check.state() == State.MISSING);
        if (!json) {
            program.terminal()
                    .line(
                            missing ? Style.RED : Style.GREEN,
                            missing ? "Something is missing; the arrows say what to do." : "Ready.");
        }
        return missing ? ExitCodes.INFRASTRUCTURE : ExitCodes.PASSED;
    }

    private void print(Check check) {
        Terminal terminal = program.terminal();
        String mark = switch (check.state()) {
            case GOOD -> terminal.styled(Style.GREEN, "ok     ");
            case LACKING -> terminal.styled(Style.YELLOW, "lacking");
            case MISSING -> terminal.styled(Style.RED, "MISSING");
        };
        terminal.line(String.format(Locale.ROOT, "%s  %-14s %s", mark, check.name(), check.found()));
        check.remedy().ifPresent(remedy -> terminal.line("         → " + remedy));
    }

    private static void print(List<Check> checks, PrintStream out) {
        ArrayNode array = new ObjectMapper().createArrayNode();
        for (Check check : checks) {
            ObjectNode node = array.addObject();
            node.put("name", check.name());
            node.put("state", check.state().name().toLowerCase(Locale.ROOT));
            node.put("found", check.found());
            check.remedy().ifPresent(remedy -> node.put("remedy", remedy));
        }
        out.println(array.toPrettyString());
    }
}
