package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.ApiToken;
import dev.bulkhead.api.v1alpha1.ConfigFiles;
import dev.bulkhead.api.v1alpha1.PodSecuritySettings;
import dev.bulkhead.api.v1alpha1.Spread;
import dev.bulkhead.apply.Ownership;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pods of a workload, restricted as far as pod security goes. */
public final class PodTemplate {

    static final String CONFIG_VERSION = "bulkhead.dev/config-version";
    public static final String SECRET_VERSION = Ownership.SECRET_VERSION;

    /** Raised when the same input renders other pods, so that a new operator doesn't roll everything at once. */
    static final String RENDER_VERSION = "bulkhead.dev/render-version";

    private static final String CURRENT_RENDER_VERSION = "1";
    private static final String HOSTNAME = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final Rendering rendering;

    PodTemplate(Rendering rendering) {
        this.rendering = rendering;
    }

    /** Pods that stay, and are replaced when a value that they read has changed. */
    PodTemplateSpec ofService() {
        var annotations = new TreeMap<>(secretVersion());
        annotations.put(RENDER_VERSION, CURRENT_RENDER_VERSION);
        return template(
                annotations,
                pod().withTopologySpreadConstraints(spread()).withContainers(new AppContainer(rendering).render()));
    }

    /** Pods that run once. Neither a new version of us nor a rotated secret is a reason to run them again. */
    PodTemplateSpec ofJob() {
        return template(
                Map.of(), pod().withRestartPolicy("Never").withContainers(new AppContainer(rendering).render()));
    }

    private PodTemplateSpec template(Map<String, String> annotations, PodSpecBuilder pod) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(rendering.spec().podLabels())
                .addToLabels(Ownership.MANAGED_BY, Ownership.MANAGER)
                .addToLabels(Ownership.WORKLOAD, rendering.name())
                .addToLabels(rendering.workload().adoptedSelector())
                .addToLabels(Canaries.label(rendering))
                .withAnnotations(rendering.spec().podAnnotations())
                .addToAnnotations(new Mesh(rendering.blueprint()).podAnnotations(rendering.workload()))
                .addToAnnotations(configVersion())
                .addToAnnotations(annotations)
                .endMetadata()
                .withSpec(pod.build())
                .build();
    }

    private PodSpecBuilder pod() {
        var spec = rendering.spec();
        return new PodSpecBuilder()
                .withServiceAccountName(rendering.name())
                .withAutomountServiceAccountToken(spec.apiToken() == ApiToken.Mounted)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(
                        spec.terminationGracePeriodSeconds().longValue())
                .withSecurityContext(security())
                .withVolumes(Volumes.of(rendering));
    }

    private PodSecurityContext security() {
        var settings = settings(rendering);
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(settings.runAsUser())
                .withRunAsGroup(settings.runAsGroup())
                .withFsGroup(settings.fsGroup())
                .withFsGroupChangePolicy(settings.fsGroup() == null ? null : "OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    static PodSecuritySettings settings(Rendering rendering) {
        var settings = rendering.spec().security();
        return settings == null ? new PodSecuritySettings(null, null, null, null) : settings;
    }

    // Always there, even for one replica: a second replica must not restart the first.
    private List<TopologySpreadConstraint> spread() {
        return switch (rendering.spec().spread()) {
            case None -> List.of();
            case Preferred -> List.of(constraint(HOSTNAME, Spread.Preferred), constraint(ZONE, Spread.Preferred));
            // A node without a zone could then take no pod at all, so that zones stay a wish.
            case Required -> List.of(constraint(HOSTNAME, Spread.Required), constraint(ZONE, Spread.Preferred));
        };
    }

    private TopologySpreadConstraint constraint(String key, Spread spread) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(key)
                .withWhenUnsatisfiable(spread == Spread.Required ? "DoNotSchedule" : "ScheduleAnyway")
                .withLabelSelector(rendering.selector())
                .build();
    }

    private Map<String, String> configVersion() {
        var files = rendering.spec().config();
        return files.isEmpty()
                ? Map.of()
                : Map.of(
                        CONFIG_VERSION,
                        ContentHash.ofMap(files.stream()
                                .collect(Collectors.toMap(ConfigFiles::name, file -> ContentHash.ofMap(file.data())))));
    }

    private Map<String, String> secretVersion() {
        var blueprint = rendering.blueprint();
        var version = Optional.ofNullable(blueprint.heldBack().get(rendering.name()))
                .orElseGet(() -> SecretWord.of(rendering.workload(), blueprint.secrets(), blueprint.brought()));
        return version.isEmpty() ? Map.of() : Map.of(SECRET_VERSION, version);
    }
}
