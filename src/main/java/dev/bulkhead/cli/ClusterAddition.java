package dev.bulkhead.cli;

import dev.bulkhead.cluster.OwnNamespace;
import dev.bulkhead.cluster.kubeconfig.OwnKubeconfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Makes a cluster a target of a hub. Each step may be done again, so a run that was cut off is simply repeated. */
final class ClusterAddition {

    private static final String NAMESPACE = "bulkhead-system";
    private static final String ACCOUNT = "bulkhead";

    private final HubSide hub;
    private final String hubId;
    private final KubernetesClient target;
    private final PrintWriter out;

    ClusterAddition(HubSide hub, String hubId, KubernetesClient target, PrintWriter out) {
        this.hub = hub;
        this.hubId = hubId;
        this.target = target;
        this.out = out;
    }

    void add(String name, Access.Address address, Duration tokenLife) {
        refuseAnothersTarget();
        for (var object : new TargetSide(hubId).objects()) {
            target.resource(object).fieldManager(HubSide.FIELD_MANAGER).serverSideApply();
            say("target", object);
        }
        hub.kubeconfig(name, OwnKubeconfig.of(address.server(), address.authority(), token(tokenLife)));
        out.printf("hub: secret %s/%s%n", HubSide.NAMESPACE, name);
        hub.cluster(name);
        out.printf("hub: targetcluster %s%n", name);
        out.printf("See whether the operator can work there: kubectl get targetcluster %s%n", name);
        out.flush();
    }

    /** The policies there read one hub's id, and hold the account to it. */
    private void refuseAnothersTarget() {
        Optional.ofNullable(target.namespaces().withName(NAMESPACE).get())
                .map(it -> it.getMetadata().getAnnotations())
                .map(it -> it.get(OwnNamespace.HUB_ID))
                .filter(it -> !it.equals(hubId))
                .ifPresent(it -> {
                    throw new CommandFailure(
                            "the cluster of --kubeconfig belongs to hub %s, by the annotation %s of its namespace %s; this is hub %s. Use another cluster, or have that hub let go of its environments there and remove the namespace"
                                    .formatted(it, OwnNamespace.HUB_ID, NAMESPACE, hubId));
                });
    }

    private String token(Duration life) {
        return target.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(ACCOUNT)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(life.toSeconds())
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    private void say(String where, HasMetadata object) {
        out.printf(
                "%s: %s %s%n",
                where,
                object.getKind().toLowerCase(Locale.ROOT),
                object.getMetadata().getName());
    }
}
