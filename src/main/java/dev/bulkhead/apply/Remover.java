package dev.bulkhead.apply;

import dev.bulkhead.apply.Applied.Lack;
import dev.bulkhead.apply.Inventory.Held;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Removes one object, unless it isn't ours or holds data, and says what came of it. */
final class Remover {

    /** Of fields that say what became of an object, apart from the fields that are planned. */
    static final String KEEPER = "bulkhead-keeper";

    /** Kubernetes' own: it takes them away itself. */
    private static final List<String> OF_KUBERNETES = List.of("foregroundDeletion", "orphan", "kubernetes");

    private static final List<String> STUCK = List.of(
            "NamespaceFinalizersRemaining",
            "NamespaceDeletionDiscoveryFailure",
            "NamespaceDeletionGroupVersionParsingFailure",
            "NamespaceDeletionContentFailure");

    private final Ownership ownership;
    private final Target target;
    private final Consent consent;

    Remover(Ownership ownership, Target target, Consent consent) {
        this.ownership = ownership;
        this.target = target;
        this.consent = consent;
    }

    Applied remove(Held held) {
        var ref = held.ref();
        try {
            return uidOfOurs(ref).map(uid -> remove(ref, uid)).orElseGet(() -> new Applied.Removed(ref));
        } catch (KubernetesClientException e) {
            return Writer.failure(ref, e);
        }
    }

    /** The watch knows, unless somebody took our labels off. */
    private Optional<String> uidOfOurs(Ref ref) {
        var observed = target.observed(ref);
        return observed.isPresent()
                ? observed.filter(it -> ownership.owns(it.labels())).map(Observation::uid)
                : target.get(ref).filter(it -> Writer.owns(ownership, it)).map(it -> it.getMetadata()
                        .getUid());
    }

    private Applied remove(Ref ref, String uid) {
        var terminating = target.observed(ref)
                .filter(it -> it.health().state() == Health.State.TERMINATING)
                .isPresent();
        if (terminating) {
            return target.get(ref)
                    .filter(it -> uid.equals(it.getMetadata().getUid()))
                    .map(it -> waiting(ref, it))
                    .orElseGet(() -> new Applied.Removed(ref));
        }
        if (ref.kind() == Kind.NAMESPACE
                && !consent.namespaces().contains(ref.name())
                && (wasThereBefore(ref) || target.holdsVolumeClaims(ref.name()))) {
            keep(ref, target);
            return new Applied.Kept(ref, kept(ref));
        }
        return target.delete(ref, uid).map(it -> waiting(ref, it)).orElseGet(() -> new Applied.Removed(ref));
    }

    /** A namespace that was adopted may hold what nobody planned, and never was ours. */
    private boolean wasThereBefore(Ref ref) {
        return target.inventory(ownership.environment()).adoptions().find(ref).isPresent();
    }

    static String kept(Ref ref) {
        return "%s holds volume claims, or was adopted, and is kept with what is in it, until an Operation Purge names it"
                .formatted(ref);
    }

    /** Says on the namespace itself that it stays, so that it is known when its environment is gone. */
    private static void keep(Ref ref, Target target) {
        target.apply(ref, label(ref, Map.of(Ownership.KEPT, "true")), KEEPER, true);
    }

    /** It is in use again. */
    static void use(Ref ref, Target target) {
        target.apply(ref, label(ref, Map.of()), KEEPER, true);
    }

    private static GenericKubernetesResource label(Ref ref, Map<String, String> labels) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(ref.kind().apiVersion())
                .withKind(ref.kind().kind())
                .withMetadata(new ObjectMetaBuilder()
                        .withName(ref.name())
                        .withLabels(labels)
                        .build())
                .build();
    }

    /** It was deleted, and is still there. */
    private static Applied waiting(Ref ref, GenericKubernetesResource live) {
        var foreign = Optional.ofNullable(live.getMetadata().getFinalizers()).orElse(List.of()).stream()
                .filter(it -> !OF_KUBERNETES.contains(it))
                .toList();
        if (!foreign.isEmpty()) {
            return new Applied.Waiting(
                    ref,
                    "%s is being deleted, and waits for the finalizer %s, which isn't Bulkhead's. Whoever set it has to take it away"
                            .formatted(ref, String.join(", ", foreign)),
                    Lack.FINALIZER);
        }
        var said = conditions(live)
                .filter(it -> "True".equals(it.get("status")))
                .filter(it -> STUCK.contains(String.valueOf(it.get("type"))))
                .map(it -> String.valueOf(it.get("message")))
                .collect(Collectors.joining("; "));
        return said.isEmpty()
                ? new Applied.Waiting(ref, "%s is being deleted".formatted(ref), Lack.NAMESPACE)
                : new Applied.Waiting(
                        ref, "%s is being deleted, and can't go: %s".formatted(ref, said), Lack.FINALIZER);
    }

    private static Stream<Map<?, ?>> conditions(GenericKubernetesResource live) {
        return live.<Object>get("status", "conditions") instanceof List<?> list
                ? list.stream().filter(Map.class::isInstance).map(it -> (Map<?, ?>) it)
                : Stream.of();
    }
}
