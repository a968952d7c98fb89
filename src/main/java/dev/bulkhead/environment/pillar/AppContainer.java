package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.EnvironmentVariable;
import dev.bulkhead.api.v1alpha1.Probes;
import dev.bulkhead.api.v1alpha1.Resources;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.network.WirePort;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one container of a workload. */
final class AppContainer {

    private final Rendering rendering;

    AppContainer(Rendering rendering) {
        this.rendering = rendering;
    }

    Container render() {
        var spec = rendering.spec();
        var probes = new HealthProbes(spec.ports());
        var declared = spec.probes() == null ? new Probes(null, null, null) : spec.probes();
        return new ContainerBuilder()
                .withName(rendering.name())
                .withImage(spec.image())
                .withCommand(spec.command())
                .withArgs(spec.args())
                .withPorts(ports(spec.ports()))
                .withEnv(spec.env().stream().map(AppContainer::variable).toList())
                .withResources(resources(spec.resources()))
                .withStartupProbe(probes.render(declared.startup()))
                .withReadinessProbe(probes.render(declared.readiness()))
                .withLivenessProbe(probes.render(declared.liveness()))
                .withVolumeMounts(Volumes.mounts(rendering))
                .withSecurityContext(security())
                .build();
    }

    /** Two ports of a Service may lead to one of the container, which is declared once. */
    private static List<ContainerPort> ports(List<WorkloadPort> ports) {
        var listening = new LinkedHashMap<WirePort, ContainerPort>();
        ports.forEach(port -> listening.putIfAbsent(WirePort.of(port), port(port)));
        return List.copyOf(listening.values());
    }

    private static ContainerPort port(WorkloadPort port) {
        return new ContainerPortBuilder()
                .withName(port.name())
                .withProtocol(port.protocol().name())
                .withContainerPort(port.containerPort())
                .build();
    }

    private static EnvVar variable(EnvironmentVariable variable) {
        var result = new EnvVarBuilder().withName(variable.name());
        var secret = variable.secretRef();
        if (secret != null) {
            return result.withNewValueFrom()
                    .withNewSecretKeyRef(secret.key(), secret.entry(), null)
                    .endValueFrom()
                    .build();
        }
        if (variable.fieldRef() != null) {
            return result.withNewValueFrom()
                    .withNewFieldRef("v1", variable.fieldRef())
                    .endValueFrom()
                    .build();
        }
        return result.withValue(notEmpty(variable.value())).build();
    }

    /** The API server drops an empty value; written, it would look as if somebody had taken it away. */
    private static @Nullable String notEmpty(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private static @Nullable ResourceRequirements resources(@Nullable Resources resources) {
        return resources == null
                ? null
                : new ResourceRequirementsBuilder()
                        .withRequests(Quantities.canonical(resources.requests()))
                        .withLimits(Quantities.canonical(resources.limits()))
                        .build();
    }

    private SecurityContext security() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(PodTemplate.settings(rendering).readOnlyRootFilesystem())
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}
