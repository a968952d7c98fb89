package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.api.v1alpha1.WorkloadType;
import dev.bulkhead.apply.Entry.Source.Filter;
import dev.bulkhead.secrets.material.Keys;
import dev.bulkhead.secrets.template.Misspelt;
import dev.bulkhead.secrets.template.Part;
import dev.bulkhead.secrets.template.Template;
import dev.bulkhead.status.Reason;
import java.util.SortedSet;
import java.util.stream.Stream;

/** What the templates of an entry may not say, and what they name that isn't there. */
final class TemplateRules {

    private final Surroundings around;
    private final String where;
    private final SecretEntry entry;

    TemplateRules(Surroundings around, String where, SecretEntry entry) {
        this.around = around;
        this.where = where;
        this.entry = entry;
    }

    Stream<Finding> check() {
        return entry.template().entrySet().stream().flatMap(it -> {
            var place = "%s.template[%s]".formatted(where, it.getKey());
            return Stream.concat(name(place, it.getKey()), text(place, it.getValue()));
        });
    }

    private Stream<Finding> name(String place, String key) {
        return Keys.isOwn(entry, key)
                        || around.grant(entry)
                                .filter(it -> it.keys().contains(key))
                                .isPresent()
                ? Finding.of(
                        Reason.NameTaken,
                        "%s: an entry of type %s publishes %s itself. Choose another name for the template",
                        place,
                        entry.type(),
                        key)
                : Stream.empty();
    }

    private Stream<Finding> text(String place, String text) {
        try {
            return Template.parse(text).parts().stream().flatMap(part -> part(place, part));
        } catch (Misspelt e) {
            return Finding.of(Reason.TemplateInvalid, "%s, %s", place, e.getMessage());
        }
    }

    private Stream<Finding> part(String place, Part part) {
        return switch (part) {
            case Part.Literal _ -> Stream.empty();
            case Part.Own own -> value(place, entry, own.key(), own.filter());
            case Part.Secret secret ->
                around.entry(secret.entry())
                        .map(it -> value(place, it, secret.key(), secret.filter()))
                        .orElseGet(() -> Finding.of(
                                Reason.WaitingForSecret,
                                "%s: no SecretScope of environment %s has an entry %s. Add it to one, or name another",
                                place,
                                around.environment().name(),
                                secret.entry()));
            case Part.Address address ->
                around.workload(address.workload())
                        .map(it -> address(place, it))
                        .orElseGet(() -> missing(place, address.workload()));
            case Part.Port port ->
                around.workload(port.workload())
                        .map(it -> port(place, it, port.port()))
                        .orElseGet(() -> missing(place, port.workload()));
        };
    }

    private Stream<Finding> value(String place, SecretEntry named, String key, Filter filter) {
        if (named.type() == SecretType.Granted) {
            return around.grant(named)
                    .map(it -> value(place, named, it.inTemplates(), key, filter))
                    .orElseGet(() ->
                            Finding.of(Reason.WaitingForGrant, "%s: entry %s isn't granted", place, named.name()));
        }
        return value(place, named, Keys.inTemplates(named), key, filter);
    }

    private static Stream<Finding> value(
            String place, SecretEntry named, SortedSet<String> there, String key, Filter filter) {
        if (!there.contains(key)) {
            return Finding.of(
                    Reason.TemplateInvalid,
                    "%s: entry %s of type %s has no key %s that a template can take. Use one of: %s",
                    place,
                    named.name(),
                    named.type(),
                    key,
                    Surroundings.names(there.stream()));
        }
        return key.equals(Keys.KEYSTORE) && filter != Filter.BASE64
                ? Finding.of(Reason.TemplateInvalid, "%s: %s is no text. Put | base64 behind it", place, key)
                : Stream.empty();
    }

    private Stream<Finding> missing(String place, String workload) {
        return Finding.of(
                Reason.WaitingForWorkload,
                "%s: there is no workload %s in environment %s. Add it, or name another",
                place,
                workload,
                around.environment().name());
    }

    private static Stream<Finding> address(String place, Workload workload) {
        return isFound(workload)
                ? Stream.empty()
                : Finding.of(
                        Reason.TemplateInvalid,
                        "%s: workload %s has no Service of ours, and so no address. Give it ports, or write the address",
                        place,
                        workload.name());
    }

    private static boolean isFound(Workload workload) {
        var spec = workload.getSpec();
        return !spec.deliveredByOthers()
                && !spec.ports().isEmpty()
                && (spec.type() == WorkloadType.Stateless || spec.type() == WorkloadType.Stateful);
    }

    private static Stream<Finding> port(String place, Workload workload, String port) {
        return workload.getSpec().ports().stream().map(WorkloadPort::name).anyMatch(port::equals)
                ? Stream.empty()
                : Finding.of(
                        Reason.WaitingForPort,
                        "%s: workload %s has no port %s. Add it there, or name one of: %s",
                        place,
                        workload.name(),
                        port,
                        Surroundings.names(workload.getSpec().ports().stream().map(WorkloadPort::name)));
    }
}
