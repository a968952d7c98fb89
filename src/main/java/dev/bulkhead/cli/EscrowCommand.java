package dev.bulkhead.cli;

import dev.bulkhead.secrets.escrow.EscrowContents;
import dev.bulkhead.secrets.escrow.EscrowFile;
import dev.bulkhead.secrets.escrow.EscrowHub;
import dev.bulkhead.secrets.escrow.EscrowItem;
import dev.bulkhead.secrets.escrow.EscrowRefused;
import dev.bulkhead.secrets.escrow.HubRestoration;
import dev.bulkhead.secrets.escrow.Restoration;
import dev.bulkhead.secrets.escrow.Restoration.Step;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bulkhead escrow …}: the vaults of a hub in a sealed file, and back. No value is printed. */
@Command(
        name = "escrow",
        description = "A sealed copy of all generated secrets, to be kept off the cluster.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class EscrowCommand {

    private static final int REFUSED = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes all versions of all generated secrets into a file, sealed.")
    int export(
            @Mixin HubOptions hub,
            @Mixin EscrowKeys keys,
            @Option(
                            names = {"-o", "--output"},
                            required = true,
                            paramLabel = "FILE",
                            description = "A new file. One that is there is never written over.")
                    Path file,
            @Option(
                            names = "--recipient",
                            paramLabel = "FILE",
                            description = "A public key (X25519, PEM) to seal it for, in place of a passphrase.")
                    @Nullable
                    Path recipient) {
        try (var client = hub.client()) {
            var target = EscrowFile.fresh(file);
            var lock = keys.sealing(recipient);
            var id = HubSide.id(client);
            var contents = new EscrowContents(id, HubSide.digestKey(client), new EscrowHub(client, id).items());
            target.write(contents, lock);
            out().printf(
                            "%s has %d versions and %d journals of hub %s%n",
                            file,
                            contents.items().stream()
                                    .filter(it -> !it.isJournal())
                                    .count(),
                            contents.items().stream()
                                    .filter(EscrowItem::isJournal)
                                    .count(),
                            id);
            out().flush();
            return 0;
        } catch (EscrowRefused e) {
            throw new CommandFailure("%s: %s".formatted(file, e.getMessage()));
        }
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Makes what is in a file and not in the hub. What is there is never written over: if anything there differs,"
                        + " it is named, and nothing is written.",
                "On a wiped hub: before the Environments and SecretScopes are applied."
            })
    int restore(
            @Mixin HubOptions hub,
            @Mixin EscrowKeys keys,
            @Option(
                            names = {"-f", "--filename"},
                            required = true,
                            paramLabel = "FILE",
                            description = "What `bulkhead escrow export` wrote.")
                    Path file,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            description = "The private key (X25519, PEM) of the --recipient that it was sealed for.")
                    @Nullable
                    Path key,
            @Option(names = "--dry-run", description = "Says what it would do, and writes nothing.") boolean dryRun) {
        try (var client = hub.client()) {
            var contents = EscrowFile.open(file, keys.opening(key));
            var identity = new HubRestoration(client, HubSide.NAMESPACE);
            var vaults = new EscrowHub(client, contents.hubId());
            var steps = new ArrayList<Step>();
            steps.add(identity.look(contents));
            steps.addAll(new Restoration(vaults.items(), EscrowHub::journal).of(contents));
            steps.forEach(it -> out().println(words(it)));
            var refused = steps.stream().anyMatch(Step.Refused.class::isInstance);
            if (!refused && !dryRun) {
                carryOut(contents, steps, identity, vaults);
            }
            out().println(conclusion(steps, refused, dryRun));
            out().flush();
            return refused ? REFUSED : 0;
        } catch (EscrowRefused e) {
            throw new CommandFailure("%s: %s".formatted(file, e.getMessage()));
        }
    }

    private static void carryOut(EscrowContents contents, List<Step> steps, HubRestoration identity, EscrowHub vaults) {
        if (steps.stream().anyMatch(Step.Identify.class::isInstance)) {
            identity.identify(contents);
        }
        vaults.make(steps.stream()
                .filter(Step.Make.class::isInstance)
                .map(it -> ((Step.Make) it).item())
                .toList());
    }

    private static String words(Step step) {
        return switch (step) {
            case Step.Make _ -> "missing: " + step.what();
            case Step.Identify _ -> "missing: " + step.what();
            case Step.Same _ -> "there:   " + step.what();
            case Step.Left left -> "left:    %s: %s".formatted(left.what(), left.why());
            case Step.Refused refused -> "REFUSED: %s: %s".formatted(refused.what(), refused.why());
        };
    }

    private static String conclusion(List<Step> steps, boolean refused, boolean dryRun) {
        var missing = steps.stream()
                .filter(it -> it instanceof Step.Make || it instanceof Step.Identify)
                .count();
        if (refused) {
            return "Nothing was written";
        }
        if (missing == 0) {
            return "Nothing is missing";
        }
        return dryRun
                ? "%d would be made".formatted(missing)
                : ("%d made. An operator that runs already has to start again to see them: kubectl -n %s rollout restart"
                                + " deployment")
                        .formatted(missing, HubSide.NAMESPACE);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
