package dev.bulkhead.cluster;

import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.SecretReader;
import dev.bulkhead.leadership.Tenure;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * What the ways to all target clusters have in common.
 *
 * @param identity which process this is, for the leases
 * @param tenure its right to write at all
 * @param targets makes clients
 * @param kubeconfigs where they are kept
 * @param renewal renews their tokens
 * @param own our own cluster
 * @param environmentChanged told of an environment of which something changed on its cluster
 */
public record ConnectionContext(
        String hubId,
        String identity,
        Tenure tenure,
        TargetClients targets,
        KubeconfigSecret kubeconfigs,
        TokenRenewal renewal,
        Pins pins,
        Connection own,
        ClusterIndex index,
        Digest digest,
        SecretReader secrets,
        MeterRegistry registry,
        Clock clock,
        Consumer<EnvironmentId> environmentChanged) {}
