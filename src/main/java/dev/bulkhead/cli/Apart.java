package dev.bulkhead.cli;

import dev.bulkhead.api.v1alpha1.Transport;
import dev.bulkhead.cli.plan.EnvironmentPlan.Made;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Intent;
import dev.bulkhead.network.reach.Matrix;
import dev.bulkhead.network.reach.Party;
import dev.bulkhead.network.reach.PortSet;
import dev.bulkhead.network.reach.Separation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The proof that two environments of one cluster reach nothing of each other, but for what was agreed. Probes count: a
 * path that is open to everybody is open to the neighbour.
 */
record Apart(Made one, Made other, Separation there, Separation back) {

    /** An exception: the one may call the other, on whatever port. */
    record Agreed(Party from, Party to) {

        private boolean leads(Made here, Made there) {
            return isOf(from, here) && isOf(to, there);
        }

        private static boolean isOf(Party party, Made environment) {
            return party instanceof Endpoint endpoint && namespaces(environment).contains(endpoint.namespace());
        }
    }

    static Apart of(Matrix matrix, Made one, Made other, List<Agreed> agreed) {
        if (one.id().equals(other.id())) {
            throw new CommandFailure("--apart %s names one environment twice".formatted(one.id()));
        }
        agreed.stream()
                .filter(it -> !it.leads(one, other) && !it.leads(other, one))
                .findFirst()
                .ifPresent(it -> {
                    throw new CommandFailure("--agreed %s,%s doesn't lead from one of %s and %s to the other"
                            .formatted(it.from(), it.to(), one.id(), other.id()));
                });
        return new Apart(
                one,
                other,
                Separation.of(matrix, namespaces(one), namespaces(other), intents(one, other, agreed)),
                Separation.of(matrix, namespaces(other), namespaces(one), intents(other, one, agreed)));
    }

    boolean holds() {
        return there.holds() && back.holds();
    }

    Stream<String> words() {
        return Stream.concat(words(one, other, there), words(other, one, back));
    }

    private static Stream<String> words(Made from, Made to, Separation separation) {
        var verdict = separation.holds()
                ? "%s reaches nothing of %s but what was agreed".formatted(from.id(), to.id())
                : "%s reaches %s, and nobody agreed to it:".formatted(from.id(), to.id());
        return Stream.of(
                        Stream.of(verdict),
                        separation.breaches().stream().map("  %s"::formatted),
                        separation.unused().stream().map("  agreed, and doesn't get through: %s"::formatted))
                .flatMap(words -> words);
    }

    private static List<Intent> intents(Made here, Made there, List<Agreed> agreed) {
        return agreed.stream()
                .filter(it -> it.leads(here, there))
                .map(it -> Intent.between(it.from().id(), it.to().id(), PortSet.ALL, Transport.Plain))
                .toList();
    }

    private static Set<String> namespaces(Made environment) {
        return environment.blueprint().namespaces().stream()
                .map(TargetNamespace::name)
                .collect(Collectors.toSet());
    }
}
