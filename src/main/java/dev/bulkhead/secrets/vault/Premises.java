package dev.bulkhead.secrets.vault;

import dev.bulkhead.apply.Ownership;
import dev.bulkhead.cluster.OperatorAccount;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The namespaces of the vaults, and the operator's own access to the Secrets in them. Made when they are first needed, and
 * never taken away: an empty one holds nothing, and another environment of the team may be about to write.
 */
public final class Premises {

    /** An API server hears of a new RoleBinding some milliseconds after it has stored it. */
    private static final List<Duration> PAUSES = Stream.of(10, 20, 40, 80, 160, 320, 640, 1280)
            .map(Duration::ofMillis)
            .toList();

    private final KubernetesClient client;
    private final String hubId;
    private final OperatorAccount account;

    /** Teams whose vault was seen to be there, and ours. */
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    public Premises(KubernetesClient client, String hubId, OperatorAccount account) {
        this.client = client;
        this.hubId = hubId;
        this.account = account;
    }

    /** Writes something in the vault of a team, which is made if that is what was missing. */
    public <T> T write(String hubNamespace, Supplier<T> request) {
        if (checked.contains(hubNamespace)) {
            var answer = tried(hubNamespace, request);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        if (find(hubNamespace).isEmpty()) {
            make(hubNamespace);
        }
        return entered(hubNamespace, request);
    }

    /** Reads something in the vault of a team, if there is one. */
    <T> Optional<T> read(String hubNamespace, Supplier<T> request) {
        if (checked.contains(hubNamespace)) {
            var answer = tried(hubNamespace, () -> Optional.ofNullable(request.get()));
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return find(hubNamespace).flatMap(_ -> Optional.ofNullable(entered(hubNamespace, request)));
    }

    /** @return nothing when there is no way in (any more) */
    private <T> Optional<T> tried(String hubNamespace, Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (KubernetesClientException e) {
            if (!isNoWayIn(e)) {
                throw e;
            }
            checked.remove(hubNamespace);
            return Optional.empty();
        }
    }

    private <T> T entered(String hubNamespace, Supplier<T> request) {
        checked.add(hubNamespace);
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            if (!isNoWayIn(e)) {
                throw e;
            }
            return bound(hubNamespace, request);
        }
    }

    private <T> T bound(String hubNamespace, Supplier<T> request) {
        if (account.known()) {
            bind(hubNamespace);
        }
        for (var pause : PAUSES) {
            try {
                return request.get();
            } catch (KubernetesClientException e) {
                if (!isNoWayIn(e)) {
                    throw e;
                }
                LockSupport.parkNanos(pause.toNanos());
            }
        }
        return request.get();
    }

    private static boolean isNoWayIn(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    private Optional<Namespace> find(String hubNamespace) {
        var found = Optional.ofNullable(
                client.namespaces().withName(VaultNames.namespace(hubNamespace)).get());
        found.ifPresent(it -> check(it, hubNamespace));
        return found;
    }

    /** Its name says nothing about whose it is. */
    private void check(Namespace found, String hubNamespace) {
        var labels = Optional.ofNullable(found.getMetadata().getLabels()).orElse(Map.of());
        var wanted = VaultLabels.ofVault(hubId, hubNamespace);
        if (!labels.entrySet().containsAll(wanted.entrySet())) {
            throw new VaultRefused(
                    "Namespace %s has the name of a vault and isn't hub %s's: it lacks the labels %s. Rename it, or delete it if it is of a hub that is gone and its secrets are in an escrow"
                            .formatted(found.getMetadata().getName(), hubId, wanted));
        }
    }

    private void make(String hubNamespace) {
        try {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(VaultNames.namespace(hubNamespace))
                            .withLabels(VaultLabels.ofVault(hubId, hubNamespace))
                            // No pod is ever to run here: one could mount what is in the vault.
                            .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                            .endMetadata()
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
                    || find(hubNamespace).isEmpty()) {
                throw e;
            }
        }
    }

    private void bind(String hubNamespace) {
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(Ownership.OPERATOR_ROLE)
                        .withNamespace(VaultNames.namespace(hubNamespace))
                        .withLabels(VaultLabels.ofVault(hubId, hubNamespace))
                        .endMetadata()
                        .withNewRoleRef()
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withKind("ClusterRole")
                        .withName(Ownership.OPERATOR_ROLE)
                        .endRoleRef()
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(account.name())
                        .withNamespace(account.namespace())
                        .endSubject()
                        .build())
                .fieldManager(Ownership.MANAGER)
                .forceConflicts()
                .serverSideApply();
    }
}
