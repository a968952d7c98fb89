package dev.bulkhead.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bulkhead completion}: what a shell needs to complete our words. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script by which bash and zsh complete the words of bulkhead.",
            "For this shell: source <(bulkhead completion)"
        })
final class CompletionCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        var ours = Objects.requireNonNull(spec).commandLine();
        ours.getOut().print(AutoComplete.bash("bulkhead", Objects.requireNonNull(ours.getParent())));
        ours.getOut().flush();
    }
}
