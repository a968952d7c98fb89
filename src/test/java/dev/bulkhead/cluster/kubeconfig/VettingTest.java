package dev.bulkhead.cluster.kubeconfig;

import static dev.bulkhead.cluster.kubeconfig.KubeconfigReading.ascii;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.CA;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.CERTIFICATE;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.KEY;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.TOKEN;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.base64;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.good;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.secret;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.withCluster;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.withServer;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.withUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.secrets.pki.Pem;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VettingTest {

    private static final String CANARY = "canary-value";

    private final Vetting vetting = new Vetting(new AddressRules(List.of(), () -> AddressRules.HubNetwork.UNKNOWN), _ ->
            new InetAddress[] {InetAddress.getByName("192.0.2.1")});

    @Test
    void aTokenAndACaAreTaken() {
        var kubeconfig = fit(good());

        assertThat(kubeconfig.server()).isEqualTo(URI.create("https://cluster.example.com:6443"));
        assertThat(Pem.x509(ascii(kubeconfig.authority()))).hasSize(1);
        assertThat(kubeconfig.credential()).isEqualTo(new Credential.Token(TOKEN));
    }

    @Test
    void aClientCertificateIsTaken() {
        var kubeconfig = fit(withUser("client-certificate-data: %s, client-key-data: %s".formatted(CERTIFICATE, KEY)));

        assertThat(kubeconfig.credential()).isInstanceOf(Credential.Certificate.class);
    }

    @Test
    void aKeyInTheFormsOfOpensslIsReadToo() throws GeneralSecurityException {
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var ec = TestAuthority.newKeys();

        assertThat(Pem.readPrivateKey(ascii(TestAuthority.pem(rsa)))).isEqualTo(rsa.getPrivate());
        assertThat(((ECPrivateKey) Pem.readPrivateKey(ascii(TestAuthority.ecPem(ec)))).getS())
                .isEqualTo(((ECPrivateKey) ec.getPrivate()).getS());
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        var other = base64(TestAuthority.ecPem(TestAuthority.newKeys()));

        assertThat(unfit(withUser("client-certificate-data: %s, client-key-data: %s".formatted(CERTIFICATE, other))))
                .contains("isn't the key of the first certificate");
    }

    @Test
    void anAddressThatIsTooLongIsRefusedAndOverflowsNothing() {
        assertThat(unfit(withServer("https://cluster.example.com" + "/a".repeat(20_000))))
                .contains("no longer than 1024 characters");
    }

    @Test
    void whatWasVettedShowsNoValue() {
        var token = fit(good());
        var certificate = fit(withUser("client-certificate-data: %s, client-key-data: %s".formatted(CERTIFICATE, KEY)));

        assertThat(List.of(token, new Vetted.Fit(certificate, "value")).toString())
                .doesNotContain(TOKEN, "PRIVATE", "BEGIN");
    }

    /** As Cluster API and k3s, k3k, vCluster, Kamaji and Flux store it. */
    @ParameterizedTest
    @ValueSource(strings = {"value", "kubeconfig.yaml", "config", "admin.conf", "value.yaml", "kubeconfig"})
    void aSecretOfWhoeverMakesOneIsUnderstood(String key) {
        var vetted = vetting.vet(
                Map.of(key, base64(good()), "token", base64("x"), "admin.svc", base64("x"), "ca.crt", base64("x")),
                null);

        assertThat(vetted).isInstanceOf(Vetted.Fit.class);
    }

    @Test
    void theKeyThatIsNamedIsTakenBeforeAnyOther() {
        var data = Map.of("value", base64(good()), "admin.svc", base64(withServer("https://other.example.com")));

        assertThat(vetting.vet(data, "admin.svc")).isInstanceOfSatisfying(Vetted.Fit.class, it -> assertThat(
                        it.kubeconfig().server())
                .isEqualTo(URI.create("https://other.example.com")));
    }

    @Test
    void aSecretWithoutAKubeconfigSaysWhereItWasLookedFor() {
        assertThat(message(vetting.vet(Map.of("data", ""), null)))
                .contains("value, value.yaml, kubeconfig, kubeconfig.yaml, config, admin.conf")
                .contains("spec.kubeconfig.secretRef.key");
        assertThat(message(vetting.vet(Map.of("value", base64(good())), "admin.svc")))
                .contains("no key admin.svc");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            exec: {command: sh, args: [canary-value]}       | exec runs a command
            auth-provider: {name: oidc}                     | auth-provider needs a plugin
            tokenFile: /var/canary-value                    | tokenFile names a file
            client-certificate: /canary-value               | client-certificate names a file
            client-key: /canary-value                       | client-key names a file
            username: canary-value                          | username is for passwords
            password: canary-value                          | password is for passwords
            as: canary-value                                | as makes the operator somebody else
            as-uid: canary-value                            | as-uid makes the operator somebody else
            as-groups: [canary-value]                       | as-groups makes the operator somebody else
            as-user-extra: {reason: [canary-value]}         | as-user-extra makes the operator somebody else
            cmd-path: canary-value                          | cmd-path isn't known
            """)
    void aUserThatIsMoreThanATokenIsRefused(String field, String expected) {
        assertThat(unfit(withUser("token: %s, %s".formatted(TOKEN, field)))).contains("users[0].user." + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            insecure-skip-tls-verify: true       | insecure-skip-tls-verify would trust whoever answers
            certificate-authority: /canary-value | certificate-authority names a file
            proxy-url: 'http://canary-value'     | proxy-url would send it another way
            tls-server-name: canary-value        | tls-server-name can't be honoured
            """)
    void aClusterThatIsReachedInAnotherWayIsRefused(String field, String expected) {
        assertThat(unfit(withCluster("certificate-authority-data: %s, %s".formatted(CA, field))))
                .contains("clusters[0].cluster." + expected);
    }

    @Test
    void noCredentialAtAllIsRefused() {
        assertThat(unfit(withUser(""))).contains("neither token nor client-certificate-data");
        assertThat(unfit(withUser("token: ''"))).contains("users[0].user.token is empty");
    }

    @Test
    void twoCredentialsAreRefused() {
        assertThat(unfit(withUser("token: %s, client-certificate-data: %s".formatted(TOKEN, CERTIFICATE))))
                .contains("Leave one of them");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'canary-value\\nX-Evil: 1'",
                "\"canary-value\\r\\nX-Evil: 1\"",
                "'canary value'",
                "'canäry-value'"
            })
    void aTokenThatIsMoreThanOneHeaderIsRefused(String token) {
        assertThat(unfit(withUser("token: " + token))).contains("no token has");
    }

    @Test
    void aCertificateNeedsItsOwnKey() {
        assertThat(unfit(withUser("client-certificate-data: " + CERTIFICATE))).contains("client-key-data is missing");
        assertThat(unfit(withUser(
                        "client-certificate-data: %s, client-key-data: %s".formatted(CERTIFICATE, base64(CANARY)))))
                .contains("must be one PEM private key");
        assertThat(unfit(withUser("client-certificate-data: %s, client-key-data: %s".formatted(KEY, KEY))))
                .contains("client-certificate-data must be PEM certificates");
    }

    @Test
    void withoutItsCaNoClusterIsTrusted() {
        assertThat(unfit(withCluster("disable-compression: true"))).contains("certificate-authority-data is missing");
        assertThat(unfit(withCluster("certificate-authority-data: '%s'".formatted(CANARY))))
                .contains("no base64");
        assertThat(unfit(withCluster("certificate-authority-data: " + base64(CANARY))))
                .contains("must be PEM");
        assertThat(unfit(withCluster("certificate-authority-data: " + KEY))).contains("must be PEM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cluster.example.com",
                "https://canary-value@cluster.example.com",
                "https://user:canary-value@cluster.example.com",
                "https://cluster.example.com?token=canary-value",
                "https://cluster.example.com/#canary-value",
                "https://cluster.example.com/../canary-value",
                "https://cluster.example.com/a/%2e%2e/canary-value",
                "https://cluster.example.com//canary-value",
                "https://cluster.example.com/canary-value;x",
                "https://cluster.example.com:0",
                "https://cluster.example.com:66000",
                "https:///canary-value",
                "https://canary_value",
                "https:canary-value",
                "file:///canary-value",
                "cluster.example.com:6443",
                "https://cluster.example.com\\\\canary-value",
                ""
            })
    void anAddressThatIsMoreThanHostPortAndPathIsRefused(String server) {
        assertThat(unfit(withServer(server))).contains("clusters[0].cluster.server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://192.0.2.7:6443",
                "https://[2001:db8::7]:6443/",
                "HTTPS://Cluster.example.com",
                "https://rancher.example.com/k8s/clusters/c-m-1"
            })
    void anAddressIsAHostAPortAndPerhapsAPath(String server) {
        assertThat(fit(withServer(server)).server()).isEqualTo(URI.create(server));
    }

    @Test
    void anotherContextOrUserOrClusterIsRefused() {
        for (var list : List.of("contexts", "users", "clusters")) {
            assertThat(unfit(good().replaceFirst("(?m)^" + list + ":$", list + ":\n- {name: other, x: {}}")))
                    .contains(list + " must have exactly one element, and has 2");
        }
    }

    @Test
    void aContextOfSomethingElseIsRefused() {
        assertThat(unfit(good().replace("cluster: staging", "cluster: other")))
                .contains("contexts[0].context.cluster isn't clusters[0].name");
        assertThat(unfit(good().replace("user: bulkhead", "user: other")))
                .contains("contexts[0].context.user isn't users[0].name");
        assertThat(unfit(good().replace("current-context: here", "current-context: there")))
                .contains("current-context isn't contexts[0].name");
    }

    @Test
    void yamlThatMeansMoreThanItShowsIsRefused() {
        assertThat(unfit(good().replace("name: here", "name: &x here").replace("namespace: default", "namespace: *x")))
                .contains("aliases");
        assertThat(unfit("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]")).contains("aliases");
        assertThat(unfit(good().replace("kind: Config", "kind: !!str Config"))).contains("tags");
        assertThat(unfit(good() + "kind: Config\n")).contains("no key twice");
        assertThat(unfit(good() + "---\n" + good())).contains("one document");
        assertThat(unfit("[".repeat(30_000))).contains("plain YAML");
        assertThat(unfit("")).contains("plain YAML");
        assertThat(unfit("- x")).contains("must hold fields");
    }

    @Test
    void whatIsTooLongOrNoTextIsRefused() {
        assertThat(unfit("#" + "x".repeat(Vetting.MOST_BYTES))).contains("longer than 64 KiB");
        assertThat(message(vetting.vet(Map.of("value", "%%%"), null))).contains("no text in UTF-8");
        assertThat(message(vetting.vet(
                        Map.of("value", Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, 'a'})), null)))
                .contains("no text in UTF-8");
    }

    @Test
    void aValueThatSlippedIntoANameIsNotShown() {
        assertThat(unfit(withUser("token: x, eyJhbGciOi.canary-value.x: y"))).contains("a field of users[0].user");
    }

    @Test
    void aHostWithoutAnAddressIsWorthAnotherLook() {
        var offline = new Vetting(new AddressRules(List.of(), () -> AddressRules.HubNetwork.UNKNOWN), host -> {
            throw new UnknownHostException(host);
        });

        assertThat(offline.vet(secret(good()), null)).isInstanceOf(Vetted.Unresolved.class);
    }

    @Test
    void anAddressThatIsNotAllowedIsRefused() {
        var inside = new Vetting(new AddressRules(List.of(), () -> AddressRules.HubNetwork.UNKNOWN), _ ->
                new InetAddress[] {InetAddress.getByName("192.0.2.1"), InetAddress.getByName("169.254.169.254")});

        assertThat(message(inside.vet(secret(good()), null))).contains("169.254.169.254", "clusters[0].cluster.server");
    }

    private Kubeconfig fit(String kubeconfig) {
        var vetted = vetting.vet(secret(kubeconfig), null);
        assertThat(vetted).isInstanceOf(Vetted.Fit.class);
        return ((Vetted.Fit) vetted).kubeconfig();
    }

    /** Why it isn't taken. Whatever that is, it shows no value. */
    private String unfit(String kubeconfig) {
        var message = message(vetting.vet(secret(kubeconfig), null));
        assertThat(message).startsWith("key kubeconfig: ").doesNotContain(CANARY, TOKEN, KEY, "eyJ");
        return message;
    }

    private static String message(@Nullable Vetted vetted) {
        assertThat(vetted).isInstanceOf(Vetted.Unfit.class);
        return ((Vetted.Unfit) vetted).message();
    }
}
