package dev.bulkhead.secrets.material;

import dev.bulkhead.api.v1alpha1.CertificateFormat;
import dev.bulkhead.api.v1alpha1.ExternalKey;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The data keys of an entry, by its type and settings, and what each is for. */
public final class Keys {

    public static final String VALUE = "value";
    public static final String USERNAME = "username";
    public static final String PASSWORD = "password";
    public static final String AUTH = "auth";
    public static final String ACCEPTED = "accepted";
    public static final String SSH_PRIVATE = "ssh-privatekey";
    public static final String SSH_PUBLIC = "ssh-publickey";
    public static final String AUTHORIZED_KEYS = "authorized_keys";
    public static final String PRIVATE_PEM = "private.pem";
    public static final String PUBLIC_PEM = "public.pem";
    public static final String KID = "kid";
    public static final String JWK = "jwk.json";
    public static final String JWKS = "jwks.json";
    public static final String TLS_KEY = "tls.key";
    public static final String TLS_CRT = "tls.crt";
    public static final String CA_CRT = "ca.crt";
    public static final String BRIDGE_CRT = "bridge.crt";
    public static final String COMBINED_PEM = "tls-combined.pem";
    public static final String KEYSTORE = "keystore.p12";
    public static final String KEYSTORE_PASSWORD = "keystore.password";

    private static final String PREVIOUS = ".previous";

    /** Those that an application may compare with the one before, while that is still accepted. */
    private static final Set<String> PLAIN = Set.of(VALUE, USERNAME, PASSWORD);

    private Keys() {}

    /** All that it publishes or holds, its templates included. */
    public static SortedMap<String, KeyRole> of(SecretEntry entry) {
        var keys = own(entry);
        entry.template().keySet().forEach(key -> keys.putIfAbsent(key, KeyRole.USE));
        return Collections.unmodifiableSortedMap(keys);
    }

    /** What comes of its type and settings, without the templates. */
    public static SortedMap<String, KeyRole> own(SecretEntry entry) {
        var keys = new TreeMap<String, KeyRole>();
        switch (entry.type()) {
            case Password, Token, UUID, HMACKey, Static -> {
                keys.put(VALUE, KeyRole.USE);
                keys.put(ACCEPTED, KeyRole.ACCEPT);
                if (!entry.users().isEmpty()) {
                    keys.put(USERNAME, KeyRole.USE);
                }
            }
            case SSHKey -> {
                keys.put(SSH_PRIVATE, KeyRole.USE);
                keys.put(SSH_PUBLIC, KeyRole.USE);
                keys.put(AUTHORIZED_KEYS, KeyRole.ACCEPT);
            }
            case KeyPair -> {
                keys.put(PRIVATE_PEM, KeyRole.USE);
                keys.put(PUBLIC_PEM, KeyRole.USE);
                keys.put(KID, KeyRole.USE);
                keys.put(JWK, KeyRole.HELD);
                keys.put(JWKS, KeyRole.ACCEPT);
            }
            case BasicAuth -> {
                keys.put(USERNAME, KeyRole.USE);
                keys.put(PASSWORD, KeyRole.USE);
                // A proxy takes the first line of a name for all: only lines of two names can stand side by side.
                keys.put(AUTH, entry.users().isEmpty() ? KeyRole.USE : KeyRole.ACCEPT);
            }
            case CA -> {
                List.of(TLS_KEY, TLS_CRT, BRIDGE_CRT).forEach(key -> keys.put(key, KeyRole.HELD));
                keys.put(CA_CRT, KeyRole.ACCEPT);
            }
            case TLS -> {
                var tls = Objects.requireNonNull(entry.tls());
                keys.put(TLS_CRT, KeyRole.USE);
                keys.put(TLS_KEY, KeyRole.USE);
                keys.put(CA_CRT, KeyRole.ACCEPT);
                if (tls.formats().contains(CertificateFormat.CombinedPEM)) {
                    keys.put(COMBINED_PEM, KeyRole.USE);
                }
                if (tls.formats().contains(CertificateFormat.PKCS12)) {
                    keys.put(KEYSTORE, KeyRole.USE);
                    keys.put(KEYSTORE_PASSWORD, KeyRole.USE);
                }
            }
            case External ->
                Objects.requireNonNull(entry.external()).data().stream()
                        .map(ExternalKey::name)
                        .forEach(key -> keys.put(key, KeyRole.USE));
            // Those that its owner names.
            case Granted -> {}
        }
        return keys;
    }

    /** Those whose value before is published beside them, as {@code <key>.previous}, until it is refused. */
    public static SortedSet<String> withPrevious(SecretEntry entry) {
        return switch (entry.type()) {
            case Password, Token, UUID, HMACKey, Static, BasicAuth ->
                of(entry).keySet().stream().filter(PLAIN::contains).collect(Collectors.toCollection(TreeSet::new));
            case SSHKey, KeyPair, CA, TLS, External, Granted -> new TreeSet<>();
        };
    }

    public static String previous(String key) {
        return key + PREVIOUS;
    }

    /** What a workload may name. */
    public static SortedSet<String> published(SecretEntry entry) {
        var published = new TreeSet<String>();
        of(entry).forEach((key, role) -> {
            if (role != KeyRole.HELD) {
                published.add(key);
            }
        });
        withPrevious(entry).forEach(key -> published.add(previous(key)));
        return published;
    }

    /** What others may be let use: what comes of its type and settings. A template is made for those who are at home here. */
    public static SortedSet<String> grantable(SecretEntry entry) {
        var grantable = published(entry);
        grantable.removeIf(key -> !isOwn(entry, key));
        return grantable;
    }

    /** Whether it publishes or holds that key whatever its templates are. */
    public static boolean isOwn(SecretEntry entry, String key) {
        return own(entry).containsKey(key)
                || withPrevious(entry).stream().map(Keys::previous).anyMatch(key::equals);
    }

    /** What a template can take of it: one value of the version in use, that is on the hub. */
    public static SortedSet<String> inTemplates(SecretEntry entry) {
        if (entry.broughtByOthers()) {
            return new TreeSet<>();
        }
        return own(entry).entrySet().stream()
                .filter(it -> it.getValue() == KeyRole.USE)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The data key of a version from which an {@link KeyRole#ACCEPT} key is put together, over several versions. */
    public static String partOf(String accepting) {
        return switch (accepting) {
            case ACCEPTED -> VALUE;
            case AUTHORIZED_KEYS -> SSH_PUBLIC;
            case JWKS -> JWK;
            case CA_CRT -> TLS_CRT;
            case AUTH -> AUTH;
            default -> throw new IllegalArgumentException("no key that several versions share: " + accepting);
        };
    }
}
