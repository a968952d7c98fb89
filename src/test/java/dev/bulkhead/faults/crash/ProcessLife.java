package dev.bulkhead.faults.crash;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The operator as a process of its own, which is killed as soon as the audit log shows the write at which it has to end.
 * By then it may have come a little further, and what it had under way arrives or doesn't.
 */
final class ProcessLife implements CrashRun.Mortal {

    private final TestCluster cluster;
    private final Audit audit;
    private final Map<String, Life> lives;
    private final Map<String, String> hubsOfInventories;
    private final OperatorUnderTest operator;
    private final Runnable death;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<AuditRequest> known = new HashSet<>();
    private final Thread reader;
    private volatile Instant lastWrite = Instant.now();

    /** @param death how it ends, be it by SIGKILL or by SIGTERM */
    ProcessLife(
            TestCluster cluster,
            Audit audit,
            OperatorUnderTest operator,
            Runnable death,
            Map<String, Life> lives,
            Map<String, String> hubsOfInventories) {
        this.cluster = cluster;
        this.audit = audit;
        this.lives = lives;
        this.hubsOfInventories = hubsOfInventories;
        this.operator = operator;
        this.death = death;
        operator.start();
        reader = Thread.ofPlatform().daemon().name("audit-reader").start(this::read);
    }

    private void read() {
        try {
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                audit.writes(Audit.OPERATOR).stream().filter(known::add).forEach(this::written);
                if (lives.values().stream().anyMatch(Life::isOver)) {
                    death.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void written(AuditRequest write) {
        lastWrite = Instant.now();
        if (write.name().startsWith("inventory-")) {
            hubsOfInventories.computeIfAbsent(write.name(), this::owner);
        }
        var life = lives.get(CrashRun.hub(write, hubsOfInventories));
        if (life != null && !life.isOver()) {
            life.sends(write.verb() + " " + write.uri());
            life.answered();
        }
    }

    private String owner(String inventory) {
        return cluster.find("configmap", "bulkhead-system/" + inventory)
                .map(it -> it.getMetadata().getLabels().get("bulkhead.dev/hub-namespace"))
                .orElse("");
    }

    @Override
    public Duration quiet() {
        return Duration.between(lastWrite, Instant.now());
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (operator.isRunning()) {
            death.run();
        }
    }
}
