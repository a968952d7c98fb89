package dev.bulkhead.environment.adoption;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Difference;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.HandedOver;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.PriorManagers;
import dev.bulkhead.apply.Said;
import dev.bulkhead.apply.Target;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What would become of an object that is there, if it became as planned. The API server is asked, with dry runs: it alone
 * knows its defaults, what it merges and what it refuses.
 *
 * @param refusal why it can't become so; empty when it can
 * @param restarts whether its pods would be replaced
 * @param lostClaims volume claims that its pods use now, and wouldn't any more
 */
record Forecast(List<Difference> differences, String refusal, boolean restarts, Set<String> lostClaims) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final Set<String> CONTENTLESS = Set.of("apiVersion", "kind", "metadata", "status");

    static Forecast of(Entry.ObjectEntry planned, GenericKubernetesResource live, Target target) {
        try {
            return between(live, then(planned, live, target));
        } catch (KubernetesClientException e) {
            return new Forecast(List.of(), reason(e), false, Set.of());
        }
    }

    /** Why even our labels can't be put on it, if they can't. */
    static Optional<String> refusal(Entry.ObjectEntry planned, Target target) {
        try {
            target.dryRun(planned.ref(), desired(planned), Ownership.MANAGER);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(reason(e));
        }
    }

    /** A fault isn't a refusal: it passes. */
    private static String reason(KubernetesClientException e) {
        if (e.getCode() != 403 && e.getCode() != 422 && e.getCode() != 400) {
            throw e;
        }
        var said = Said.by(e).orElseGet(() -> String.valueOf(e.getMessage()));
        return said.lines().findFirst().orElse("no reason given");
    }

    private static GenericKubernetesResource desired(Entry.ObjectEntry planned) {
        return JSON.convertValue(planned.object(), GenericKubernetesResource.class);
    }

    private static GenericKubernetesResource then(
            Entry.ObjectEntry planned, GenericKubernetesResource live, Target target) {
        var applied = target.dryRun(planned.ref(), desired(planned), Ownership.MANAGER);
        var rest = JSON.convertValue(applied, TREE);
        if (!PriorManagers.removeTheirs(applied, rest)) {
            return applied;
        }
        if (planned.handedOver().contains(HandedOver.REPLICAS)
                && rest.get("spec") instanceof Map<?, ?>
                && live.<Object>get("spec", "replicas") instanceof Integer replicas) {
            rest.put("spec", with(rest.get("spec"), "replicas", replicas));
        }
        return target.patch(planned.ref(), replacement(JSON.convertValue(live, TREE), rest), true);
    }

    private static Map<Object, Object> with(Object tree, String field, Object value) {
        var next = new TreeMap<Object, Object>((Map<?, ?>) tree);
        next.put(field, value);
        return next;
    }

    /** The API server fills in the defaults of what is left out. */
    private static List<Map<String, Object>> replacement(Map<String, Object> live, Map<String, Object> rest) {
        var patch = new ArrayList<Map<String, Object>>();
        live.keySet().stream()
                .filter(field -> !CONTENTLESS.contains(field) && !rest.containsKey(field))
                .forEach(field -> patch.add(Map.of("op", "remove", "path", "/" + field)));
        rest.forEach((field, value) -> {
            if (!CONTENTLESS.contains(field)) {
                patch.add(Map.of("op", "add", "path", "/" + field, "value", value));
            }
        });
        if (rest.get("metadata") instanceof Map<?, ?> metadata) {
            for (var field : List.of("labels", "annotations")) {
                patch.add(Map.of(
                        "op",
                        "add",
                        "path",
                        "/metadata/" + field,
                        "value",
                        Objects.requireNonNullElse(metadata.get(field), Map.of())));
            }
        }
        return patch;
    }

    private static Forecast between(GenericKubernetesResource live, GenericKubernetesResource then) {
        var kind = Kind.of(live);
        var runs = kind == Kind.DEPLOYMENT || kind == Kind.STATEFUL_SET;
        var lost = new TreeSet<>(claims(live));
        lost.removeAll(claims(then));
        return new Forecast(
                Difference.between(JSON.convertValue(live, TREE), JSON.convertValue(then, TREE)),
                "",
                runs && !Objects.equals(live.<Object>get("spec", "template"), then.<Object>get("spec", "template")),
                lost);
    }

    /** The claims that pods mount: those of others, and those that a StatefulSet makes itself. */
    private static Set<String> claims(GenericKubernetesResource object) {
        var claims = new TreeSet<String>();
        maps(object.get("spec", "template", "spec", "volumes")).forEach(volume -> {
            if (volume.get("persistentVolumeClaim") instanceof Map<?, ?> claim) {
                claims.add(String.valueOf(claim.get("claimName")));
            }
        });
        var mounted = new TreeSet<String>();
        maps(object.get("spec", "template", "spec", "containers"))
                .forEach(container -> maps(container.get("volumeMounts"))
                        .forEach(mount -> mounted.add(String.valueOf(mount.get("name")))));
        maps(object.get("spec", "volumeClaimTemplates")).forEach(template -> {
            if (template.get("metadata") instanceof Map<?, ?> metadata
                    && mounted.contains(String.valueOf(metadata.get("name")))) {
                claims.add(String.valueOf(metadata.get("name")));
            }
        });
        return claims;
    }

    private static List<Map<?, ?>> maps(Object list) {
        var maps = new ArrayList<Map<?, ?>>();
        if (list instanceof List<?> elements) {
            elements.forEach(it -> {
                if (it instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            });
        }
        return maps;
    }
}
