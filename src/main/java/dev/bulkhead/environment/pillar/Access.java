package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.AccessGrant;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Level;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who may do what in the environment's namespaces: the class says what a role is, the environment who has it. */
public final class Access implements Pillar {

    static final String RBAC = "rbac.authorization.k8s.io";

    @Override
    public Stream<Entry> plan(Blueprint blueprint) {
        return blueprint.namespaces().stream().flatMap(namespace -> clusterRoles(blueprint, namespace).stream()
                .map(clusterRole -> binding(blueprint, namespace, clusterRole)));
    }

    private static TreeSet<String> clusterRoles(Blueprint blueprint, TargetNamespace namespace) {
        var roles = new TreeSet<String>();
        grants(blueprint, namespace)
                .filter(grant -> !subjects(grant).toList().isEmpty())
                .forEach(grant -> roles.add(clusterRole(blueprint, grant)));
        return roles;
    }

    /** A role that the class doesn't know gives nothing, nor does our own, which is bound to nobody else. */
    private static Stream<AccessGrant> grants(Blueprint blueprint, TargetNamespace namespace) {
        return blueprint.spec().access().stream()
                .filter(grant -> blueprint.environmentClass().roles().containsKey(grant.role()))
                .filter(grant -> !clusterRole(blueprint, grant).equals(OwnAccess.CLUSTER_ROLE))
                .filter(grant -> grant.namespaces().isEmpty()
                        || grant.namespaces().contains(namespace.spec().name()));
    }

    private static String clusterRole(Blueprint blueprint, AccessGrant grant) {
        return blueprint.environmentClass().roles().get(grant.role());
    }

    // Named like the ClusterRole, because a binding's roleRef can't change: another role is another binding.
    private static Entry binding(Blueprint blueprint, TargetNamespace namespace, String clusterRole) {
        var binding = new RoleBindingBuilder()
                .withMetadata(blueprint.metadata(namespace.name(), clusterRole).build())
                .withNewRoleRef()
                .withApiGroup(RBAC)
                .withKind("ClusterRole")
                .withName(clusterRole)
                .endRoleRef()
                .withSubjects(subjects(blueprint, namespace, clusterRole))
                .build();
        return new ObjectEntry(binding, Level.FOUNDATION, blueprint.origin());
    }

    private static List<Subject> subjects(Blueprint blueprint, TargetNamespace namespace, String clusterRole) {
        return grants(blueprint, namespace)
                .filter(grant -> clusterRole(blueprint, grant).equals(clusterRole))
                .flatMap(Access::subjects)
                .distinct()
                .sorted(Comparator.comparing(Subject::getKind).thenComparing(Subject::getName))
                .toList();
    }

    private static Stream<Subject> subjects(AccessGrant grant) {
        return Stream.concat(
                grant.groups().stream().map(name -> subject("Group", name)),
                grant.users().stream().map(name -> subject("User", name)));
    }

    private static Subject subject(String kind, String name) {
        return new SubjectBuilder()
                .withApiGroup(RBAC)
                .withKind(kind)
                .withName(name)
                .build();
    }
}
