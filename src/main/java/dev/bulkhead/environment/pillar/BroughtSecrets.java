package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.CertManagerRef;
import dev.bulkhead.api.v1alpha1.CertificateAlgorithm;
import dev.bulkhead.api.v1alpha1.CertificateFormat;
import dev.bulkhead.api.v1alpha1.CertificateUsage;
import dev.bulkhead.api.v1alpha1.ExternalKey;
import dev.bulkhead.api.v1alpha1.ExternalSettings;
import dev.bulkhead.api.v1alpha1.Span;
import dev.bulkhead.api.v1alpha1.TlsSettings;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.BroughtSecret;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is asked of the operators that bring secrets into the target cluster themselves, External Secrets Operator and
 * cert-manager; in the namespaces whose workloads use the entry, and in no other. The Secret is theirs.
 */
public final class BroughtSecrets implements Pillar {

    private static final int HUNDRED = 100;

    /** By these we find the Secret. Without any, External Secrets Operator would give it those of what asks for it. */
    private static final Map<String, Object> LABELS = Map.of("labels", Map.of(Ownership.BROUGHT, "true"));

    @Override
    public Stream<Entry> plan(Blueprint blueprint) {
        return blueprint.namespaces().stream().flatMap(namespace -> in(blueprint, namespace));
    }

    static Stream<Entry> in(Blueprint blueprint, TargetNamespace namespace) {
        var used = blueprint.entriesUsedIn(namespace);
        return new TreeMap<>(blueprint.brought())
                .entrySet().stream()
                        .filter(it -> used.contains(it.getKey()))
                        .map(it -> entry(blueprint, namespace, it.getValue()));
    }

    private static Entry entry(Blueprint blueprint, TargetNamespace namespace, BroughtSecret brought) {
        var external = brought.entry().external();
        var name = brought.entry().name();
        return external != null
                ? object(blueprint, namespace, brought, Kind.EXTERNAL_SECRET, external(name, external))
                : object(
                        blueprint,
                        namespace,
                        brought,
                        Kind.CERTIFICATE,
                        certificate(name, Objects.requireNonNull(brought.entry().tls())));
    }

    private static Entry object(
            Blueprint blueprint,
            TargetNamespace namespace,
            BroughtSecret brought,
            Kind kind,
            Map<String, Object> spec) {
        return new ObjectEntry(
                new GenericKubernetesResourceBuilder()
                        .withApiVersion(kind.apiVersion())
                        .withKind(kind.kind())
                        .withMetadata(blueprint
                                .metadata(namespace.name(), brought.entry().name())
                                .build())
                        .addToAdditionalProperties("spec", spec)
                        .build(),
                Level.FOUNDATION,
                brought.origin());
    }

    private static Map<String, Object> external(String name, ExternalSettings settings) {
        return Map.of(
                "refreshInterval",
                settings.refreshInterval(),
                "secretStoreRef",
                Map.of(
                        "name", settings.store().name(),
                        "kind", settings.store().kind().name()),
                // A store that is away for a while takes nothing away that pods live on.
                "target",
                Map.of(
                        "name",
                        name,
                        "creationPolicy",
                        "Owner",
                        "deletionPolicy",
                        "Retain",
                        "template",
                        Map.of("metadata", LABELS)),
                "data",
                settings.data().stream().map(BroughtSecrets::key).toList());
    }

    private static Map<String, Object> key(ExternalKey key) {
        var remote = new TreeMap<String, Object>(Map.of("key", key.remoteKey()));
        if (key.property() != null) {
            remote.put("property", key.property());
        }
        if (key.version() != null) {
            remote.put("version", key.version());
        }
        return Map.of("secretKey", key.name(), "remoteRef", remote);
    }

    private static Map<String, Object> certificate(String name, TlsSettings settings) {
        var spec = new TreeMap<String, Object>(Map.of(
                "secretName",
                name,
                "secretTemplate",
                LABELS,
                "issuerRef",
                issuer(Objects.requireNonNull(settings.certManager())),
                "duration",
                Span.of(settings.validity()).toHours() + "h",
                "renewBeforePercentage",
                HUNDRED - percent(settings.renewAt()),
                "privateKey",
                privateKey(settings.algorithm()),
                "usages",
                usages(settings)));
        if (settings.commonName() != null) {
            spec.put("commonName", settings.commonName());
        }
        if (!settings.dnsNames().isEmpty()) {
            spec.put("dnsNames", settings.dnsNames());
        }
        if (!settings.ipAddresses().isEmpty()) {
            spec.put("ipAddresses", settings.ipAddresses());
        }
        if (settings.formats().contains(CertificateFormat.CombinedPEM)) {
            spec.put("additionalOutputFormats", List.of(Map.of("type", "CombinedPEM")));
        }
        return spec;
    }

    private static Map<String, Object> issuer(CertManagerRef reference) {
        return Map.of(
                "group", Kind.CERTIFICATE.group(),
                "kind", reference.kind().name(),
                "name", reference.name());
    }

    private static int percent(String text) {
        return Integer.parseInt(text.substring(0, text.length() - 1));
    }

    private static Map<String, Object> privateKey(CertificateAlgorithm algorithm) {
        var key = new TreeMap<String, Object>(Map.of("encoding", "PKCS8", "rotationPolicy", "Always"));
        key.putAll(
                switch (algorithm) {
                    case P256 -> Map.of("algorithm", "ECDSA", "size", 256);
                    case P384 -> Map.of("algorithm", "ECDSA", "size", 384);
                    case RSA3072 -> Map.of("algorithm", "RSA", "size", 3072);
                    case RSA4096 -> Map.of("algorithm", "RSA", "size", 4096);
                    case Ed25519 -> Map.of("algorithm", "Ed25519");
                });
        return key;
    }

    private static List<String> usages(TlsSettings settings) {
        var purposes = settings.usages().isEmpty() ? List.of(CertificateUsage.values()) : settings.usages();
        return Stream.concat(
                        Stream.of("digital signature", "key encipherment"),
                        purposes.stream().sorted().map(it -> switch (it) {
                            case ServerAuth -> "server auth";
                            case ClientAuth -> "client auth";
                        }))
                .toList();
    }
}
