package dev.bulkhead.runtime;

import dev.bulkhead.api.v1alpha1.CustomResources;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.cluster.Right;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the operator has to be allowed in its own cluster: what it needs in any, and what makes that one the hub. */
final class HubRights {

    private static final String OURS = "bulkhead.dev";

    /** Before it is known what the cluster serves; and a right to what it doesn't is none that it misses. */
    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    private HubRights() {}

    static List<Right> toBegin() {
        return Stream.concat(
                        CustomResources.plurals().flatMap(kind -> Right.of(OURS, kind, "list", "watch")),
                        Right.toBegin(ALL).stream())
                .toList();
    }

    static List<Right> toWork() {
        return Stream.of(
                        CustomResources.plurals().flatMap(kind -> Right.of(OURS, kind + "/status", "patch")),
                        Right.of(OURS, "environments", "patch"),
                        Right.toWork(ALL).stream(),
                        Right.of("", "events", "create"),
                        Right.of("apps", "controllerrevisions", "list", "create", "delete"))
                .flatMap(Function.identity())
                .toList();
    }
}
