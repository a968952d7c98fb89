package dev.bulkhead.cli;

import dev.bulkhead.cli.plan.Page;
import dev.bulkhead.cli.plan.PlanReport;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where a command says what it found: what was asked for on one stream, what is to be said of it on the other. */
@Command
final class Printer {

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    void report(PlanReport report, Page page) {
        if (!page.saysRemarks()) {
            notes(report.remarks());
        }
        print(page.of(report));
    }

    void notes(Collection<?> notes) {
        notes.forEach(commandLine().getErr()::println);
    }

    void print(String text) {
        commandLine().getOut().print(text);
        commandLine().getOut().flush();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(command).commandLine();
    }
}
