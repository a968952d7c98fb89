package dev.bulkhead.secrets.material;

import dev.bulkhead.api.v1alpha1.CertificateFormat;
import dev.bulkhead.api.v1alpha1.CertificateUsage;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.Span;
import dev.bulkhead.api.v1alpha1.TlsSettings;
import dev.bulkhead.secrets.pki.Authority;
import dev.bulkhead.secrets.pki.Certificates;
import dev.bulkhead.secrets.pki.KeyMaker;
import dev.bulkhead.secrets.pki.Keystore;
import dev.bulkhead.secrets.pki.Pem;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;

/** Certificates of servers and clients, signed by a CA entry. */
final class Leaves {

    /** Longer ones don't fit into a common name; peers read the other names anyway. */
    private static final int COMMON_NAME_LENGTH = 64;

    private static final int PASSWORD_LENGTH = 32;

    private Leaves() {}

    static Minted make(SecretEntry entry, Ingredients with) {
        var settings = Objects.requireNonNull(entry.tls());
        var keys = new KeyMaker(with.random()).pair(settings.algorithm());
        var chain = new Certificates(with.now(), with.random())
                .leaf(
                        signer(entry, with),
                        Authorities.name(commonName(settings)),
                        keys.getPublic(),
                        names(settings),
                        purposes(settings),
                        Span.of(settings.validity()));
        var data = new TreeMap<String, byte[]>();
        data.put(Keys.TLS_CRT, Pem.certificates(chain));
        data.put(Keys.TLS_KEY, Pem.privateKey(keys.getPrivate()));
        if (settings.formats().contains(CertificateFormat.CombinedPEM)) {
            data.put(Keys.COMBINED_PEM, joined(data.get(Keys.TLS_CRT), data.get(Keys.TLS_KEY)));
        }
        if (settings.formats().contains(CertificateFormat.PKCS12)) {
            var password = Words.plain(PASSWORD_LENGTH, with.random());
            data.put(Keys.KEYSTORE_PASSWORD, password);
            data.put(Keys.KEYSTORE, keystore(entry.name(), keys.getPrivate(), chain, password));
        }
        var leaf = chain.getFirst();
        return new Minted(
                data,
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant(),
                with.issuer().orElseThrow().version());
    }

    /** @throws IllegalArgumentException when there is none, or it has ended */
    static Authority signer(SecretEntry entry, Ingredients with) {
        return with.issuer()
                .map(Ingredients.Issuer::data)
                .map(Authorities::read)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s: there is no version of its CA to sign it yet".formatted(entry.name())));
    }

    private static String commonName(TlsSettings settings) {
        return Stream.of(
                        Stream.ofNullable(settings.commonName()),
                        settings.dnsNames().stream(),
                        settings.ipAddresses().stream())
                .flatMap(it -> it)
                .filter(name -> name.length() <= COMMON_NAME_LENGTH)
                .findFirst()
                .orElseGet(() -> settings.dnsNames().getFirst().substring(0, COMMON_NAME_LENGTH));
    }

    private static List<GeneralName> names(TlsSettings settings) {
        return Stream.concat(
                        settings.dnsNames().stream().map(it -> new GeneralName(GeneralName.dNSName, it)),
                        settings.ipAddresses().stream().map(it -> new GeneralName(GeneralName.iPAddress, it)))
                .toList();
    }

    private static List<KeyPurposeId> purposes(TlsSettings settings) {
        return (settings.usages().isEmpty() ? List.of(CertificateUsage.values()) : settings.usages())
                .stream()
                        .map(it -> switch (it) {
                            case ServerAuth -> KeyPurposeId.id_kp_serverAuth;
                            case ClientAuth -> KeyPurposeId.id_kp_clientAuth;
                        })
                        .toList();
    }

    private static byte[] keystore(String alias, PrivateKey key, List<X509CertificateHolder> chain, byte[] password) {
        var letters = new char[password.length];
        for (var index = 0; index < letters.length; index++) {
            letters[index] = (char) password[index];
        }
        try {
            return Keystore.pkcs12(alias, key, chain, letters);
        } finally {
            Arrays.fill(letters, '\0');
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
