package dev.bulkhead.faults;

import io.fabric8.kubernetes.api.Pluralize;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Which requests a rule is about: {@code write().kind("Deployment").named("api")}. */
public record Match(Predicate<ProxiedRequest> wanted) {

    public static Match anything() {
        return new Match(_ -> true);
    }

    /** What changes something. Leases and Events are left out: they say nothing about what is made. */
    public static Match write() {
        return new Match(
                request -> request.isWrite() && !Set.of("leases", "events").contains(request.resource()));
    }

    public static Match read() {
        return new Match(request -> !request.isWrite() && !request.isWatch());
    }

    public static Match watch() {
        return verb("watch");
    }

    /** create, update, patch, delete, deletecollection, get, list, watch. */
    public static Match verb(String... verbs) {
        var these = Set.of(verbs);
        return new Match(request -> these.contains(request.verb()));
    }

    public Match kind(String kind) {
        var plural = Pluralize.toPlural(kind.toLowerCase(Locale.ROOT));
        return and(request -> request.resource().equals(plural));
    }

    public Match in(String namespace) {
        return and(request -> request.namespace().equals(namespace));
    }

    /** In this namespace, or in one whose name begins with it. */
    public Match around(String namespace) {
        return and(request ->
                request.namespace().startsWith(namespace) || request.name().startsWith(namespace));
    }

    public Match named(String name) {
        return and(request -> request.name().equals(name));
    }

    public Match subresource(String subresource) {
        return and(request -> request.subresource().equals(subresource));
    }

    /** Whose body has these words. */
    public Match saying(String words) {
        return and(request -> request.body().contains(words));
    }

    public Match from(String userAgent) {
        return and(request -> request.userAgent().equals(userAgent));
    }

    public Match and(Predicate<ProxiedRequest> also) {
        return new Match(wanted.and(also));
    }

    /** Each thing that is asked of each object is matched once; what asks for it again is let by. */
    public Match firstOfEach() {
        Set<String> before = ConcurrentHashMap.newKeySet();
        return and(request -> before.add(request.verb()
                + URI.create(request.uri()).getPath()
                // Only the body says what is created.
                + (request.verb().equals("create") ? request.body() : "")));
    }

    public Match or(Match other) {
        return new Match(wanted.or(other.wanted));
    }

    boolean fits(ProxiedRequest request) {
        return wanted.test(request);
    }
}
