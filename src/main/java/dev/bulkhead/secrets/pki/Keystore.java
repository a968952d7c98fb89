package dev.bulkhead.secrets.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;

/** A key and its certificates in one file, as Java servers like it. */
public final class Keystore {

    private Keystore() {}

    public static byte[] pkcs12(String alias, PrivateKey key, List<X509CertificateHolder> chain, char[] password) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            var converter = new JcaX509CertificateConverter();
            var certificates = new X509Certificate[chain.size()];
            for (var index = 0; index < certificates.length; index++) {
                certificates[index] = converter.getCertificate(chain.get(index));
            }
            store.setKeyEntry(alias, key, password, certificates);
            var file = new ByteArrayOutputStream();
            store.store(file, password);
            return file.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java can't write PKCS#12", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
