package dev.bulkhead.cluster;

import dev.bulkhead.leadership.Elector;
import dev.bulkhead.leadership.KubernetesLease;
import dev.bulkhead.leadership.Tenure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The right to write to a target, by a Lease that is kept there: whoever is cut off from the hub, and doesn't know that
 * another leads now, finds out on the target itself. It is held once; whoever loses it closes this and tries another.
 */
final class Fence implements AutoCloseable, Elector.Followers {

    /** A lease that somebody left behind is free within 15 seconds of our first look at it. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Tenure tenure;
    private final AtomicReference<KubernetesClient> client;
    private final Elector elector;
    private final Consumer<String> lost;
    private final CountDownLatch elected = new CountDownLatch(1);

    /**
     * @param process the right of this process to write at all
     * @param client for nothing but the lease; closed with this
     * @param lost told once, when the right is gone, and what became of the lease; must not wait
     */
    Fence(
            String cluster,
            ConnectionContext context,
            Tenure process,
            KubernetesClient client,
            Clock clock,
            Consumer<String> lost) {
        this.tenure = process.narrower();
        this.client = new AtomicReference<>(client);
        this.lost = lost;
        var lease = new KubernetesLease(
                this.client::get,
                Inventories.NAMESPACE,
                KubernetesLease.writer(context.hubId()),
                () -> OwnNamespace.ensure(this.client.get(), Inventories.NAMESPACE),
                clock);
        this.elector = Elector.forTarget(context.identity(), cluster, lease, tenure, this);
        elector.start();
    }

    /** @return whether it is ours */
    boolean await() throws InterruptedException {
        return elected.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean holds() {
        return tenure.holds();
    }

    /** Who has it, as far as we know. */
    String holder() {
        return elector.leader();
    }

    /** From now on by another client, with a newer credential. */
    void use(KubernetesClient next) {
        client.getAndSet(next).close();
    }

    @Override
    public void elected() {
        elected.countDown();
    }

    @Override
    public void lost(String why) {
        lost.accept(why);
    }

    /** Gives it back, if it is ours. To be called when nothing is being written any more. */
    @Override
    public void close() {
        elector.close();
        client.get().close();
    }
}
