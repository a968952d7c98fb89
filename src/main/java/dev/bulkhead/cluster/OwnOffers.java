package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.cluster.capability.CapabilityReading;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What our own cluster offers: asked at the start, and then as seldom as a quiet cluster may be asked anything. */
public final class OwnOffers {

    private static final Duration EVERY = Duration.ofMinutes(30);

    /** When there is a reason to. */
    private static final Duration SOONEST = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(OwnOffers.class);

    private final KubernetesClient client;
    private final Clock clock;
    private ClusterCapabilities last = ClusterCapabilities.UNKNOWN;
    private Instant next = Instant.MIN;

    public OwnOffers(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** What was read last; that of before, or nothing, while the cluster doesn't answer. */
    public ClusterCapabilities read() {
        var now = clock.instant();
        if (!now.isBefore(next)) {
            next = now.plus(EVERY);
            try {
                last = CapabilityReading.of(
                        client, client.getKubernetesVersion().getGitVersion());
            } catch (KubernetesClientException e) {
                LOG.warn(
                        "What our own cluster offers can't be read, and is asked again in {}: {}",
                        EVERY,
                        e.getMessage());
            }
        }
        return last;
    }

    /** Every now and then. */
    public void refresh(Connection own) {
        var soonest = next.equals(Instant.MIN) ? next : next.minus(EVERY).plus(SOONEST);
        if (own.isInDoubt() && soonest.isBefore(next)) {
            next = soonest;
        }
        own.offer(read());
    }
}
