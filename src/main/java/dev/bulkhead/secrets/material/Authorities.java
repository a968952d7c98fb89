package dev.bulkhead.secrets.material;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.Span;
import dev.bulkhead.secrets.pki.Authority;
import dev.bulkhead.secrets.pki.Certificates;
import dev.bulkhead.secrets.pki.KeyMaker;
import dev.bulkhead.secrets.pki.Pem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Versions of a CA: a key, its certificate, and how the one before vouches for it. */
final class Authorities {

    private static final int NAME_LENGTH = 52;

    private Authorities() {}

    static Minted make(SecretEntry entry, Ingredients with) {
        var settings = Objects.requireNonNull(entry.ca());
        var certificates = new Certificates(with.now(), with.random());
        var keys = new KeyMaker(with.random()).pair(settings.algorithm());
        var subject = subject(settings.commonName() == null ? entry.name() : settings.commonName(), with.version());
        var validity = Span.of(settings.validity());
        var data = new TreeMap<String, byte[]>();
        data.put(Keys.TLS_KEY, Pem.privateKey(keys.getPrivate()));
        var authority = settings.issuer() == null
                ? certificates.root(subject, keys, validity)
                : certificates.below(Leaves.signer(entry, with), subject, keys, validity);
        data.put(
                Keys.TLS_CRT,
                Pem.certificates(settings.issuer() == null ? List.of(authority.certificate()) : authority.above()));
        if (settings.issuer() == null) {
            with.before()
                    .map(Authorities::read)
                    .filter(it -> livesOn(it, with.now()))
                    .ifPresent(before -> data.put(
                            Keys.BRIDGE_CRT,
                            Pem.certificates(List.of(certificates.cross(before, authority.certificate())))));
        }
        return new Minted(
                data,
                authority.certificate().getNotBefore().toInstant(),
                authority.certificate().getNotAfter().toInstant(),
                with.issuer().map(Ingredients.Issuer::version).orElse(0));
    }

    /** What has ended can't vouch for anybody. */
    private static boolean livesOn(Authority before, Instant now) {
        return before.certificate().getNotAfter().toInstant().isAfter(now);
    }

    /** A version of a CA entry, out of its data. */
    static Authority read(Map<String, byte[]> data) {
        return Authority.read(
                Objects.requireNonNull(data.get(Keys.TLS_KEY)),
                Objects.requireNonNull(data.get(Keys.TLS_CRT)),
                data.getOrDefault(Keys.BRIDGE_CRT, new byte[0]));
    }

    /** No two versions share a name: what is found by name would find the wrong one. */
    private static X500Name subject(String name, int version) {
        return name("%s v%d".formatted(name.substring(0, Math.min(name.length(), NAME_LENGTH)), version));
    }

    static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }
}
