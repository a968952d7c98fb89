package dev.bulkhead.apply;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Applied.Lack;
import dev.bulkhead.apply.Inventory.Held;
import dev.bulkhead.apply.SecretReader.SecretMissing;
import dev.bulkhead.apply.Step.Why;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;

/** Writes one object, and says what came of it. */
final class Writer {

    /** Takes over a field from us for a moment, until its new owner writes it. */
    static final String HAND_OVER = "bulkhead-hand-over";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private final Digest digest;
    private final WriteRate rate;

    Writer(Digest digest, WriteRate rate) {
        this.digest = digest;
        this.rate = rate;
    }

    /** @param fresh whether its namespace was created in this pass, so that nothing foreign can be in it */
    Applied write(Step.Write write, Ownership ownership, Target target, boolean fresh) {
        var ref = write.ref();
        try {
            if (!fresh && mayBeForeign(write, ownership, target)) {
                var inTheWay = target.get(ref)
                        .filter(it -> !owns(ownership, it))
                        .filter(it -> !write.uid().equals(it.getMetadata().getUid()));
                if (inTheWay.isPresent()) {
                    return new Applied.Foreign(ref, foreign(ref, inTheWay.get()));
                }
            }
            return Published.pointer(write.entry()) == 0
                    ? apply(write, ownership, target)
                    : rate.write(ownership.environment(), () -> apply(write, ownership, target));
        } catch (SecretMissing e) {
            return new Applied.Waiting(ref, e.getMessage(), Lack.SECRET);
        } catch (KubernetesClientException e) {
            return failure(ref, e);
        } catch (IllegalArgumentException e) {
            return new Applied.Refused(ref, "%s can't be rendered: %s".formatted(ref, e.getMessage()));
        }
    }

    /** What we never had, or had and don't see as ours: it may have gone, and its place may be taken. */
    private static boolean mayBeForeign(Step.Write write, Ownership ownership, Target target) {
        return target.observed(write.ref())
                .filter(it -> ownership.owns(it.labels()))
                .isEmpty();
    }

    private Applied apply(Step.Write write, Ownership ownership, Target target) {
        var ref = write.ref();
        var pointer = Published.pointer(write.entry());
        var published = pointer == 0 ? Optional.<GenericKubernetesResource>empty() : target.get(ref);
        if (published.filter(it -> Published.pointer(it) > pointer).isPresent()) {
            return new Applied.Refused(ref, outrun(ref));
        }
        var before = target.observed(ref);
        if (before.filter(Observation::isKept).isPresent()) {
            Remover.use(ref, target);
        }
        takeOver(write, ownership, target);
        // After that: what was somebody's before us may be what is handed on.
        handOver(write, target);
        var desired = render(write.entry(), ownership, target);
        // What somebody wrote in between isn't overwritten: the pointer has moved under us, or we aren't the leader.
        published.ifPresent(
                it -> desired.getMetadata().setResourceVersion(it.getMetadata().getResourceVersion()));
        var answer = target.apply(ref, desired, Ownership.MANAGER, true);
        var held = new Held(
                ref,
                write.entry().level(),
                write.desired(),
                digest.owned(answer, Ownership.MANAGER).orElse(""),
                answer.getMetadata().getUid());
        return switch (write.why()) {
            case NEW -> new Applied.Created(held);
            case EDITED ->
                new Applied.Changed(
                        held, Why.EDITED, before.map(Observation::otherManager).orElse(""));
            case DELETED -> deleted(held, write, answer);
            case OURS_AGAIN, ADOPTED, CHANGED, UNKNOWN -> new Applied.Changed(held, write.why(), "");
        };
    }

    private static String outrun(Ref ref) {
        return ("%s shows a newer version than the journal in the vault knows of, as when the hub comes from an older backup."
                        + " Import a newer escrow, or create an Operation Rotate for the entry")
                .formatted(ref);
    }

    /** An object that left our watch was deleted, or somebody took our labels off it. */
    private static Applied deleted(Held held, Step.Write write, GenericKubernetesResource answer) {
        return held.uid().equals(write.uid())
                ? new Applied.Changed(held, Why.EDITED, OtherManager.of(answer.getMetadata()))
                : new Applied.Changed(held, Why.DELETED, "");
    }

    private static GenericKubernetesResource render(Entry entry, Ownership ownership, Target target) {
        return switch (entry) {
            case Entry.ObjectEntry object -> JSON.convertValue(object.object(), GenericKubernetesResource.class);
            case Entry.SecretEntry secret ->
                new GenericKubernetesResourceBuilder()
                        .withApiVersion(Kind.SECRET.apiVersion())
                        .withKind(Kind.SECRET.kind())
                        .withMetadata(new ObjectMetaBuilder()
                                .withNamespace(secret.ref().namespace())
                                .withName(secret.ref().name())
                                .withLabels(secret.labels())
                                .withAnnotations(secret.annotations())
                                .build())
                        .addToAdditionalProperties("type", "Opaque")
                        .addToAdditionalProperties("data", target.secretData(ownership.environment(), secret))
                        .build();
        };
    }

    /**
     * Server-side apply resets a field that its last owner leaves out. So before we leave out {@code replicas}, another
     * manager claims it with the value that is live; the autoscaler then takes it from there.
     */
    private static void handOver(Step.Write write, Target target) {
        if (!(write.entry() instanceof Entry.ObjectEntry object)
                || !object.handedOver().contains(Entry.HandedOver.REPLICAS)
                || write.why() == Why.NEW) {
            return;
        }
        target.get(write.ref())
                .filter(live -> ownsReplicas(live))
                .flatMap(live -> Optional.ofNullable(live.<Object>get("spec", "replicas")))
                .ifPresent(replicas -> target.apply(
                        write.ref(),
                        new GenericKubernetesResourceBuilder()
                                .withApiVersion(write.ref().kind().apiVersion())
                                .withKind(write.ref().kind().kind())
                                .withMetadata(new ObjectMetaBuilder()
                                        .withNamespace(write.ref().namespace())
                                        .withName(write.ref().name())
                                        .build())
                                .addToAdditionalProperties("spec", Map.of("replicas", replicas))
                                .build(),
                        HAND_OVER,
                        true));
    }

    /**
     * What others had set by hand goes with what we leave out, once: from then on what they add is theirs again. Our labels
     * come first: the second wall lets us write nothing else to what doesn't carry them.
     */
    private static void takeOver(Step.Write write, Ownership ownership, Target target) {
        if (!(write.entry() instanceof Entry.ObjectEntry object)
                || !target.inventory(ownership.environment()).adoptions().takes(write.ref())) {
            return;
        }
        var live = target.get(write.ref());
        if (live.isPresent() && !owns(ownership, live.get())) {
            live = Optional.of(target.apply(write.ref(), Adoptions.ownershipOf(object), Ownership.MANAGER, true));
        }
        live.map(PriorManagers::migration)
                .filter(migration -> !migration.isEmpty())
                .ifPresent(migration -> target.patch(write.ref(), migration, false));
    }

    private static boolean ownsReplicas(GenericKubernetesResource live) {
        return Digest.managedFields(live.getMetadata(), Ownership.MANAGER)
                .map(fields -> fields.get("f:spec") instanceof Map<?, ?> spec && spec.containsKey("f:replicas"))
                .orElse(false);
    }

    static boolean owns(Ownership ownership, GenericKubernetesResource object) {
        var labels = object.getMetadata().getLabels();
        return labels != null && ownership.owns(labels);
    }

    private static String foreign(Ref ref, GenericKubernetesResource object) {
        var labels = Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        var environment = labels.get(Ownership.ENVIRONMENT);
        return environment == null
                ? "%s exists and isn't ours. It was not touched. Rename what would be made, remove it, or take it over with an Operation Adopt"
                        .formatted(ref)
                : "%s belongs to environment %s/%s of hub %s, which was first. Change a name so that they don't meet"
                        .formatted(ref, labels.get(Ownership.HUB_NAMESPACE), environment, labels.get(Ownership.HUB));
    }

    private static String reason(Ref ref, KubernetesClientException e) {
        return ref.kind() == Kind.SECRET ? Unquoted.reason(e) : reason(e);
    }

    /** What the API server says, without the pages that may follow: RBAC lists every rule that is missing. */
    private static String reason(KubernetesClientException e) {
        var said = Said.by(e).orElseGet(() -> String.valueOf(e.getMessage()));
        var first = said.lines().findFirst().orElse("");
        return said.contains("attempting to grant RBAC permissions not currently held")
                ? first + " The operator may bind named roles only: add this one to the chart's rbac.bind"
                : first;
    }

    /** What went wrong, in the API server's words, unless it is about a Secret. */
    static String message(Ref ref, KubernetesClientException e) {
        return "%s could not be written: %s".formatted(ref, reason(ref, e));
    }

    static Applied failure(Ref ref, KubernetesClientException e) {
        if (e.getCode() == 403 && reason(e).contains("being terminated")) {
            return new Applied.Waiting(ref, "Namespace %s is being deleted".formatted(ref.home()), Lack.NAMESPACE);
        }
        return switch (e.getCode()) {
            case 400, 403, 413, 422 -> new Applied.Refused(ref, "%s was refused: %s".formatted(ref, reason(ref, e)));
            case 404 -> new Applied.Waiting(ref, "Namespace %s isn't there".formatted(ref.home()), Lack.TARGET);
            default -> new Applied.Waiting(ref, message(ref, e), Lack.TARGET);
        };
    }
}
