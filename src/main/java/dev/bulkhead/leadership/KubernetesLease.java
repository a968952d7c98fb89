package dev.bulkhead.leadership;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;

/** The seat as a Lease in a namespace of the operator's. The times in it are for people to read. */
public final class KubernetesLease implements SeatStore {

    /** Which of several replicas works. */
    public static final String LEADER = "bulkhead-leader";

    private final Supplier<KubernetesClient> clients;
    private final String namespace;
    private final String name;
    private final Runnable home;
    private final Clock clock;

    /**
     * @param clients asked each time: one of its own, with short timeouts and without repetitions: a late renewal is worth nothing
     * @param home makes the namespace if it isn't there; called before the Lease is made
     */
    public KubernetesLease(
            Supplier<KubernetesClient> clients, String namespace, String name, Runnable home, Clock clock) {
        this.clients = clients;
        this.namespace = namespace;
        this.name = name;
        this.home = home;
        this.clock = clock;
    }

    /** Which process of a hub writes to a target. Each hub has one of its own: their environments are not the same. */
    public static String writer(String hubId) {
        return "bulkhead-writer-" + hubId;
    }

    @Override
    public Seat read() {
        return Optional.ofNullable(clients.get()
                        .leases()
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(KubernetesLease::seat)
                .orElse(Seat.MISSING);
    }

    @Override
    public Optional<Seat> write(Seat seat) {
        var lease = clients.get().resource(lease(seat));
        try {
            return Optional.of(seat(seat.version().isEmpty() ? made(seat) : lease.update()));
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND -> Optional.empty();
                default -> throw e;
            };
        }
    }

    private Lease made(Seat seat) {
        home.run();
        return clients.get().resource(lease(seat)).create();
    }

    private Lease lease(Seat seat) {
        var now = clock.instant().atZone(ZoneOffset.UTC);
        var metadata = new ObjectMetaBuilder().withNamespace(namespace).withName(name);
        if (!seat.version().isEmpty()) {
            metadata.withResourceVersion(seat.version());
        }
        return new LeaseBuilder()
                .withMetadata(metadata.build())
                .withNewSpec()
                .withHolderIdentity(seat.holder())
                .withLeaseDurationSeconds(Math.toIntExact(seat.lasts().toSeconds()))
                .withLeaseTransitions(seat.transitions())
                .withRenewTime(now)
                .endSpec()
                .build();
    }

    private static Seat seat(Lease lease) {
        var spec = lease.getSpec();
        return new Seat(
                Optional.ofNullable(spec.getHolderIdentity()).orElse(""),
                Duration.ofSeconds(
                        Optional.ofNullable(spec.getLeaseDurationSeconds()).orElse(0)),
                Optional.ofNullable(spec.getLeaseTransitions()).orElse(0),
                lease.getMetadata().getResourceVersion());
    }
}
