package dev.bulkhead.environment.adoption;

import dev.bulkhead.api.v1alpha1.AdoptMode;
import dev.bulkhead.api.v1alpha1.AdoptSettings;
import dev.bulkhead.api.v1alpha1.EnvironmentNamespace;
import dev.bulkhead.apply.Adoption.Stage;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Site;
import dev.bulkhead.environment.Planned;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks at namespaces that are to be adopted, and at nothing else. Writes nothing.
 *
 * @param candidates what is there and planned, and isn't yet as the Operation wants it
 * @param leftAlone what is there and nobody plans
 */
record Survey(List<Candidate> candidates, List<Ref> leftAlone, List<Obstacle> obstacles) {

    /** Kubernetes puts these into every namespace. */
    private static final Set<String> EVERYWHERE =
            Set.of("ServiceAccount default", "ConfigMap kube-root-ca.crt", "ConfigMap openshift-service-ca.crt");

    static Survey of(AdoptSettings wish, Planned planned, Site site) {
        return new Surveyor(wish, planned, site).survey();
    }

    private static final class Surveyor {

        private final AdoptSettings wish;
        private final Planned planned;
        private final Site site;
        private final Ownership ownership;
        private final List<Candidate> candidates = new ArrayList<>();
        private final List<Ref> leftAlone = new ArrayList<>();
        private final List<Obstacle> obstacles = new ArrayList<>();

        Surveyor(AdoptSettings wish, Planned planned, Site site) {
            this.wish = wish;
            this.planned = planned;
            this.site = site;
            this.ownership = planned.draft().blueprint().ownership();
        }

        Survey survey() {
            wish.namespaces().stream().distinct().forEach(this::namespace);
            return new Survey(List.copyOf(candidates), List.copyOf(leftAlone), List.copyOf(obstacles));
        }

        private void namespace(String name) {
            if (!isExpected(name)) {
                obstacles.add(Obstacle.at(
                        Ref.namespace(name),
                        "no namespace of environment %s has it as existingName. Add it to spec.namespaces",
                        ownership.environment()));
                return;
            }
            var before = obstacles.size();
            planned.plan().entries().stream()
                    .filter(entry -> entry.ref().home().equals(name))
                    .forEach(this::entry);
            if (obstacles.size() == before) {
                listRest(name);
            }
        }

        private boolean isExpected(String name) {
            return planned.draft().blueprint().spec().namespaces().stream()
                    .map(EnvironmentNamespace::existingName)
                    .anyMatch(name::equals);
        }

        private void entry(Entry entry) {
            live(entry.ref()).ifPresent(live -> judge(entry, live));
        }

        /** A Secret can't be looked at before its namespace is ours; one that is there is reported when it is met. */
        private Optional<GenericKubernetesResource> live(Ref ref) {
            try {
                return site.get(ref);
            } catch (KubernetesClientException e) {
                if (e.getCode() == 403 && ref.kind() == Kind.SECRET) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        private void judge(Entry entry, GenericKubernetesResource live) {
            var ref = entry.ref();
            var candidate = new Candidate(entry, live);
            var labels = Optional.ofNullable(live.getMetadata().getLabels()).orElse(Map.of());
            if (ownership.owns(labels)) {
                if (wantsMore(ref)) {
                    candidates.add(candidate);
                }
            } else if (labels.containsKey(Ownership.HUB)) {
                obstacles.add(Obstacle.at(
                        ref,
                        "it belongs to environment %s/%s of hub %s. Release it there first",
                        labels.get(Ownership.HUB_NAMESPACE),
                        labels.get(Ownership.ENVIRONMENT),
                        labels.get(Ownership.HUB)));
            } else if (ref.kind() == Kind.SECRET) {
                obstacles.add(Obstacle.at(
                        ref,
                        "a Secret isn't taken over. Remove it, or give the entry of the SecretScope another name"));
            } else if (live.getMetadata().getDeletionTimestamp() != null) {
                obstacles.add(Obstacle.at(ref, "it is being deleted"));
            } else if (controller(live).isPresent()) {
                obstacles.add(Obstacle.at(
                        ref,
                        "it is made by %s. Take it out there first",
                        controller(live).get()));
            } else if (candidate.selectsByExpression()) {
                obstacles.add(Obstacle.at(
                        ref, "its selector has matchExpressions, and a Service can't find pods by them. Make it anew"));
            } else if (candidate.runsPods() && candidate.selector().isEmpty()) {
                obstacles.add(Obstacle.at(ref, "its pods have no labels, so that nothing can find them. Make it anew"));
            } else if (hasCanary(ref)) {
                obstacles.add(Obstacle.at(
                        ref,
                        "a canary goes by a label in its selector, which can't change. Take spec.traffic.canary out of its"
                                + " Workload, or make it anew"));
            } else {
                candidates.add(candidate);
            }
        }

        private boolean hasCanary(Ref ref) {
            return ref.kind() == Kind.DEPLOYMENT
                    && planned.plan().byRef().containsKey(new Ref(Kind.CANARY, ref.namespace(), ref.name()));
        }

        /** What was kept may be taken over later. */
        private boolean wantsMore(Ref ref) {
            return wish.mode() != AdoptMode.Keep
                    && planned.draft()
                            .blueprint()
                            .adoptions()
                            .find(ref)
                            .filter(it -> it.stage() == Stage.KEPT)
                            .isPresent();
        }

        private void listRest(String namespace) {
            var known = planned.plan().byRef().keySet();
            Stream.of(Kind.values())
                    .filter(kind -> kind != Kind.NAMESPACE && kind != Kind.SECRET)
                    .filter(kind -> !planned.plan().unserved().contains(kind))
                    .forEach(kind -> site.list(kind, namespace).stream()
                            .filter(it -> controller(it).isEmpty())
                            .map(it -> new Ref(kind, namespace, it.getMetadata().getName()))
                            .filter(ref -> !known.contains(ref))
                            .filter(ref -> !EVERYWHERE.contains(ref.kind().kind() + " " + ref.name()))
                            .forEach(leftAlone::add));
        }

        private static Optional<String> controller(HasMetadata live) {
            return live.getMetadata().getOwnerReferences().stream()
                    .filter(it -> Boolean.TRUE.equals(it.getController()))
                    .map(it -> it.getKind() + " " + it.getName())
                    .findFirst();
        }
    }
}
