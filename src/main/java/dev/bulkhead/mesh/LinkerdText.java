package dev.bulkhead.mesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.mesh.Seen.Settings;
import dev.bulkhead.secrets.pki.Fingerprint;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** How Linkerd writes what it says of itself. Pure. */
final class LinkerdText {

    static final String PROXY = "linkerd-proxy";

    private static final String TRUSTED = "LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS";

    private LinkerdText() {}

    /** @param values of its chart, as the control plane was installed with them */
    static Settings settings(String values) {
        var identity = read(values).path("identity");
        var issuer = identity.path("issuer");
        return new Settings(
                identity.path("externalCA").asBoolean(false),
                issuer.path("scheme").asText("linkerd.io/tls"),
                duration(issuer.path("issuanceLifetime").asText(), Settings.DEFAULTS.leafLife()),
                duration(issuer.path("clockSkewAllowance").asText(), Settings.DEFAULTS.skew()));
    }

    private static JsonNode read(String values) {
        try {
            return new YAMLMapper().readTree(values);
        } catch (JsonProcessingException e) {
            // It holds nothing secret, but whole certificates.
            throw new IllegalArgumentException("the values in ConfigMap linkerd/linkerd-config don't parse, line %d"
                    .formatted(e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
        }
    }

    /** As Go writes it, such as 24h0m0s. */
    private static Duration duration(String text, Duration usual) {
        try {
            return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException _) {
            return usual;
        }
    }

    static List<String> prints(byte[] pem) {
        try {
            return pem.length == 0 ? List.of() : Fingerprint.of(pem);
        } catch (IllegalArgumentException _) {
            return List.of(Seen.Stored.UNREADABLE);
        }
    }

    /** Who writes an object when we do, too: they would take turns. */
    static String keeper(ObjectMeta metadata) {
        var annotations = Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of());
        var labels = Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of());
        if (annotations.containsKey("cert-manager.io/certificate-name")) {
            return "cert-manager, for Certificate " + annotations.get("cert-manager.io/certificate-name");
        }
        return labels.containsKey("trust.cert-manager.io/bundle")
                ? "trust-manager, for Bundle " + labels.get("trust.cert-manager.io/bundle")
                : "";
    }

    static boolean isAlive(Pod pod) {
        var phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
        return !"Succeeded".equals(phase) && !"Failed".equals(phase);
    }

    static Optional<Container> proxy(Pod pod) {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .filter(it -> it.getName().equals(PROXY))
                .findFirst();
    }

    static Optional<Instant> started(Pod pod, String container) {
        return Stream.ofNullable(pod.getStatus())
                .flatMap(
                        it -> Stream.concat(it.getContainerStatuses().stream(), it.getInitContainerStatuses().stream()))
                .filter(it -> it.getName().equals(container))
                .findFirst()
                .map(ContainerStatus::getState)
                .map(ContainerState::getRunning)
                .map(ContainerStateRunning::getStartedAt)
                .map(Instant::parse);
    }

    /** Injected pods have them word by word. Empty: it reads the ConfigMap when it starts. */
    static Optional<List<String>> anchors(Container proxy) {
        return proxy.getEnv().stream()
                .filter(it -> it.getName().equals(TRUSTED))
                .findFirst()
                .filter(it -> it.getValueFrom() == null)
                .map(EnvVar::getValue)
                .map(it -> prints(it.getBytes(StandardCharsets.UTF_8)));
    }
}
