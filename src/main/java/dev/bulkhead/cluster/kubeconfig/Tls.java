package dev.bulkhead.cluster.kubeconfig;

import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.secrets.pki.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a connection shows, and what it is shown. Trusted is the kubeconfig's own authority alone: the library would add it
 * to the many that the JVM trusts.
 */
public record Tls(KeyManager[] keys, TrustManager[] trust) {

    private static final char[] NO_PASSWORD = new char[0];

    public static Tls of(Kubeconfig kubeconfig) {
        try {
            return new Tls(keys(kubeconfig.credential()), trust(kubeconfig.authority()));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException _) {
            throw new IllegalArgumentException("A kubeconfig that was vetted can't be used for TLS");
        }
    }

    private static TrustManager[] trust(String authority) throws GeneralSecurityException, IOException {
        var store = store();
        for (var certificate : Pem.x509(KubeconfigReading.ascii(authority))) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    private static KeyManager[] keys(Credential credential) throws GeneralSecurityException, IOException {
        var store = store();
        if (credential instanceof Credential.Certificate(String chain, String key)) {
            store.setKeyEntry(
                    "client",
                    Pem.readPrivateKey(KubeconfigReading.ascii(key)),
                    NO_PASSWORD,
                    Pem.x509(KubeconfigReading.ascii(chain)).toArray(Certificate[]::new));
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        return keys.getKeyManagers();
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
