package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.CertManagerRef;
import dev.bulkhead.api.v1alpha1.ExternalStore;
import dev.bulkhead.api.v1alpha1.IssuerKind;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.StoreKind;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a class says of secrets that another operator brings. Who writes a SecretScope has no rights in the target cluster:
 * a store or an issuer of the whole cluster is theirs only where the class says so.
 */
final class BroughtRules {

    private final Surroundings around;
    private final String where;
    private final SecretEntry entry;

    BroughtRules(Surroundings around, String where, SecretEntry entry) {
        this.around = around;
        this.where = where;
        this.entry = entry;
    }

    Stream<Finding> check() {
        if (entry.external() != null) {
            return Stream.concat(
                    served(Kind.EXTERNAL_SECRET, "External Secrets Operator"),
                    store(entry.external().store()));
        }
        return entry.tls() == null || entry.tls().certManager() == null
                ? Stream.empty()
                : Stream.concat(
                        served(Kind.CERTIFICATE, "cert-manager"),
                        issuer(entry.tls().certManager()));
    }

    private Stream<Finding> store(ExternalStore store) {
        return store.kind() == StoreKind.SecretStore
                ? Stream.empty()
                : allowed(
                        where + ".external.store",
                        "ClusterSecretStore",
                        store.name(),
                        around.environmentClass().clusterSecretStores(),
                        "clusterSecretStores");
    }

    private Stream<Finding> issuer(CertManagerRef issuer) {
        return issuer.kind() == IssuerKind.Issuer
                ? Stream.empty()
                : allowed(
                        where + ".tls.certManager",
                        "ClusterIssuer",
                        issuer.name(),
                        around.environmentClass().clusterIssuers(),
                        "clusterIssuers");
    }

    private Stream<Finding> allowed(String place, String kind, String name, List<String> allowed, String field) {
        return allowed.contains(name)
                ? Stream.empty()
                : Finding.of(
                        Reason.SourceNotAllowed,
                        "%s: EnvironmentClass %s doesn't allow %s %s. Choose from its spec.%s, which has %s, or one of the"
                                + " target namespace",
                        place,
                        around.className(),
                        kind,
                        name,
                        field,
                        Surroundings.names(allowed.stream()));
    }

    private Stream<Finding> served(Kind kind, String whose) {
        return around.offers().lacks(kind.apiVersion(), kind.kind())
                ? Finding.of(
                        Reason.KindsMissing,
                        "%s: the cluster serves no %s %s. Install %s there, or take this away",
                        where,
                        kind.apiVersion(),
                        kind.kind(),
                        whose)
                : Stream.empty();
    }
}
