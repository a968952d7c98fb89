package dev.bulkhead.faults.crash;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What holds of generated secrets at every instant, as sentences about where it doesn't. Judged by a watch of the Secrets
 * that are published and of those in the vault, never by the journal.
 */
final class NothingLost {

    /** Of what is generated here: the keys whose bytes only a version in the vault has. */
    private static final Set<String> USED = Set.of("value", "value.previous", "tls.key");

    private NothingLost() {}

    static List<String> violations(List<SeenSecret> seen) {
        return Stream.of(wereSeen(seen), oneValuePerVersion(seen), readable(seen), letIn(seen))
                .flatMap(List::stream)
                .toList();
    }

    /** Of what nobody sees nothing can be said. */
    static List<String> wereSeen(List<SeenSecret> seen) {
        return generated(seen, stretches(seen.stream().filter(SeenSecret::isKept)))
                        .findAny()
                        .isPresent()
                ? List.of()
                : List.of("N0: no Secret was seen both in the vault and published");
    }

    /** A number never stands for two byte strings. */
    static List<String> oneValuePerVersion(List<SeenSecret> seen) {
        return seen.stream()
                .filter(SeenSecret::isKept)
                .collect(Collectors.groupingBy(
                        it -> "version %s of %s".formatted(it.version(), it.entry()),
                        Collectors.mapping(SeenSecret::data, Collectors.toSet())))
                .entrySet()
                .stream()
                .filter(it -> it.getValue().size() > 1)
                .map(it -> "N1: %s was %d different values"
                        .formatted(it.getKey(), it.getValue().size()))
                .toList();
    }

    /** Whatever is published is in the vault from before it was published until it no longer is. */
    static List<String> readable(List<SeenSecret> seen) {
        var kept = stretches(seen.stream().filter(SeenSecret::isKept));
        return stretches(generated(seen, kept)).stream()
                .flatMap(published -> published.of().data().entrySet().stream()
                        .filter(it -> USED.contains(it.getKey()))
                        .filter(it -> kept.stream()
                                .noneMatch(version -> version.covers(published)
                                        && version.of().data().containsValue(it.getValue())))
                        .map(it -> "N2: %s of %s was published while no version in the vault had it"
                                .formatted(it.getKey(), published.of().key())))
                .distinct()
                .toList();
    }

    /** Who is started with what is published is let in by who is started with what is published. */
    static List<String> letIn(List<SeenSecret> seen) {
        return seen.stream()
                .filter(it -> it.isPublished() && !it.gone())
                .flatMap(it -> Stream.concat(unaccepted(it), untrusted(it)))
                .distinct()
                .toList();
    }

    private static Stream<String> unaccepted(SeenSecret published) {
        if (!published.data().containsKey("accepted")) {
            return Stream.empty();
        }
        var accepted = text(published, "accepted").lines().collect(Collectors.toSet());
        return Stream.of("value", "value.previous")
                .filter(it -> published.data().containsKey(it))
                .filter(it -> !accepted.contains(text(published, it)))
                .map(it -> "N3: %s of %s was not among what is accepted".formatted(it, published.key()));
    }

    private static Stream<String> untrusted(SeenSecret published) {
        if (!published.data().keySet().containsAll(List.of("tls.crt", "ca.crt"))) {
            return Stream.empty();
        }
        var chain = certificates(published, "tls.crt");
        var bundle = certificates(published, "ca.crt");
        var leaf = chain.getFirst();
        var isTrusted = isSignedByOneOf(leaf, bundle)
                || chain.stream().skip(1).anyMatch(it -> isSignedBy(leaf, it) && isSignedByOneOf(it, bundle));
        return isTrusted
                ? Stream.empty()
                : Stream.of("N3: no certificate of ca.crt of %s vouches for its tls.crt".formatted(published.key()));
    }

    private static boolean isSignedByOneOf(Certificate certificate, Collection<? extends Certificate> issuers) {
        return issuers.stream().anyMatch(it -> isSignedBy(certificate, it));
    }

    private static boolean isSignedBy(Certificate certificate, Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static List<Certificate> certificates(SeenSecret secret, String key) {
        try {
            return List.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(secret, key))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("%s of %s holds no certificates".formatted(key, secret.key()), e);
        }
    }

    /** The values that were seen, each of which has to be in no text. */
    static Set<String> values(List<SeenSecret> seen) {
        return seen.stream()
                .filter(it -> it.data().containsKey("value"))
                .map(it -> text(it, "value"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a vault has an entry of; the others are copied from a user's. */
    private static Stream<SeenSecret> generated(List<SeenSecret> seen, List<Stretch> kept) {
        var entries = kept.stream().map(it -> it.of().entry()).collect(Collectors.toSet());
        return seen.stream().filter(it -> it.isPublished() && entries.contains(it.name()));
    }

    private static String text(SeenSecret secret, String key) {
        return new String(bytes(secret, key), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(SeenSecret secret, String key) {
        return Base64.getDecoder().decode(secret.data().get(key));
    }

    /** How long an object was as it was: all kinds are in one etcd, so resource versions tell what was when. */
    private record Stretch(SeenSecret of, long until) {

        boolean covers(Stretch other) {
            return of.at() <= other.of.at() && until >= other.until;
        }
    }

    private static List<Stretch> stretches(Stream<SeenSecret> seen) {
        var found = new ArrayList<Stretch>();
        Map<String, List<SeenSecret>> byKey = seen.collect(Collectors.groupingBy(SeenSecret::key));
        byKey.values().forEach(versions -> {
            var sorted = versions.stream()
                    .sorted(Comparator.comparingLong(SeenSecret::at))
                    .toList();
            IntStream.range(0, sorted.size())
                    .filter(at -> !sorted.get(at).gone())
                    .forEach(at -> found.add(new Stretch(
                            sorted.get(at),
                            at + 1 < sorted.size() ? sorted.get(at + 1).at() : Long.MAX_VALUE)));
        });
        return found;
    }
}
