package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Those who wrote an object before it was ours, by hand or by client-side apply. Server-side apply removes only what our
 * own earlier apply had set; so that what we leave out goes, their fields must have been ours first. The same as kubectl
 * does when somebody changes to server-side apply.
 */
public final class PriorManagers {

    /** Field managers of updates that a person, or a tool in a person's place, makes. Controllers aren't among them. */
    public static final Set<String> NAMES = Set.of(
            "kubectl-client-side-apply",
            "kubectl-create",
            "kubectl-edit",
            "kubectl-replace",
            "kubectl-patch",
            "kubectl-set",
            "kubectl-run",
            "kubectl-expose",
            "kubectl-label",
            "kubectl-annotate",
            "kubectl",
            "helm",
            "before-first-apply");

    public static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final String LAST_APPLIED_PATH =
            "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration";

    /** What can't change once an object exists stays with whoever set it: left out by us, it would seem to change. */
    private static final Map<Kind, Set<String>> FIXED = Map.of(
            Kind.STATEFUL_SET,
            Set.of("f:selector", "f:serviceName", "f:volumeClaimTemplates", "f:podManagementPolicy"),
            Kind.DEPLOYMENT,
            Set.of("f:selector"),
            Kind.SERVICE,
            Set.of("f:clusterIP", "f:clusterIPs", "f:ipFamilies", "f:ipFamilyPolicy"));

    private PriorManagers() {}

    /** Whether what this manager set goes with an adoption. */
    public static boolean includes(ManagedFieldsEntry entry) {
        return NAMES.contains(entry.getManager())
                && "Update".equals(entry.getOperation())
                && (entry.getSubresource() == null || entry.getSubresource().isEmpty());
    }

    /** The JSON patch that makes their fields ours; empty when there is nothing of theirs. */
    public static List<Map<String, Object>> migration(GenericKubernetesResource live) {
        var entries = live.getMetadata().getManagedFields();
        var annotated = live.getMetadata().getAnnotations() != null
                && live.getMetadata().getAnnotations().containsKey(LAST_APPLIED);
        if (entries.stream().noneMatch(PriorManagers::includes) && !annotated) {
            return List.of();
        }
        var patch = new ArrayList<Map<String, Object>>();
        patch.add(replace("/metadata/managedFields", migrated(Kind.of(live), entries)));
        patch.add(replace("/metadata/resourceVersion", live.getMetadata().getResourceVersion()));
        if (annotated) {
            patch.add(Map.of("op", "remove", "path", LAST_APPLIED_PATH));
        }
        return List.copyOf(patch);
    }

    /**
     * Takes out of an object what only they own.
     *
     * @param tree the object's content, which is changed
     * @return whether there was anything
     */
    public static boolean removeTheirs(GenericKubernetesResource object, Map<String, Object> tree) {
        var kind = Kind.of(object);
        var theirs = new TreeMap<String, Object>();
        var others = new TreeMap<String, Object>();
        object.getMetadata().getManagedFields().forEach(entry -> {
            var prior = includes(entry) && kind.apiVersion().equals(entry.getApiVersion());
            Fields.unite(prior ? theirs : others, fields(entry));
        });
        var fixed = Fields.below(theirs, "f:spec", FIXED.getOrDefault(kind, Set.of()));
        var gone = Fields.without(Fields.without(theirs, fixed), others);
        Fields.prune(tree, gone);
        return !gone.isEmpty();
    }

    private static Map<String, Object> replace(String path, Object value) {
        return Map.of("op", "replace", "path", path, "value", value);
    }

    private static List<ManagedFieldsEntry> migrated(Kind kind, List<ManagedFieldsEntry> entries) {
        var ours = new TreeMap<String, Object>();
        var next = new ArrayList<ManagedFieldsEntry>();
        var time = "";
        for (var entry : entries) {
            var fields = fields(entry);
            // Fields of another version of the API have other paths.
            var sameVersion = kind.apiVersion().equals(entry.getApiVersion());
            if (isOurs(entry)) {
                Fields.unite(ours, fields);
                time = entry.getTime();
            } else if (includes(entry) && sameVersion) {
                var fixed = Fields.below(fields, "f:spec", FIXED.getOrDefault(kind, Set.of()));
                Fields.unite(ours, Fields.without(fields, fixed));
                time = time.isEmpty() ? entry.getTime() : time;
                if (!fixed.isEmpty()) {
                    next.add(new ManagedFieldsEntryBuilder(entry)
                            .withFieldsV1(fieldsV1(fixed))
                            .build());
                }
            } else {
                next.add(entry);
            }
        }
        Fields.remove(ours, "f:metadata", "f:annotations", "f:" + LAST_APPLIED);
        next.add(new ManagedFieldsEntryBuilder()
                .withManager(Ownership.MANAGER)
                .withOperation("Apply")
                .withApiVersion(kind.apiVersion())
                .withTime(time.isEmpty() ? null : time)
                .withFieldsType("FieldsV1")
                .withFieldsV1(fieldsV1(ours))
                .build());
        return next;
    }

    private static boolean isOurs(ManagedFieldsEntry entry) {
        return Ownership.MANAGER.equals(entry.getManager())
                && "Apply".equals(entry.getOperation())
                && (entry.getSubresource() == null || entry.getSubresource().isEmpty());
    }

    private static Map<String, Object> fields(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() == null ? Map.of() : entry.getFieldsV1().getAdditionalProperties();
    }

    private static FieldsV1 fieldsV1(Map<String, Object> tree) {
        var fields = new FieldsV1();
        tree.forEach(fields::setAdditionalProperty);
        return fields;
    }
}
