package dev.bulkhead.cluster.kubeconfig;

import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.secrets.pki.Pem;
import dev.bulkhead.secrets.pki.Signing;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a kubeconfig's text field by field: what isn't known here is refused, not passed over. */
final class KubeconfigReading {

    private static final String INSTEAD = "Use a token: bulkhead cluster add makes such a kubeconfig";
    private static final String A_FILE = "names a file, and the operator has none of yours. Put its content into ";
    private static final String ANOTHER =
            "makes the operator somebody else. Give the ServiceAccount of the token the rights" + " that it needs";

    private static final Map<String, String> NO_CLUSTER_FIELDS = Map.of(
            "insecure-skip-tls-verify", "would trust whoever answers. Put the CA into certificate-authority-data",
            "certificate-authority", A_FILE + "certificate-authority-data",
            "proxy-url", "would send it another way. Give the operator a direct way, and remove the field",
            "tls-server-name", "can't be honoured. Use a server address that is in the certificate");

    private static final Map<String, String> NO_USER_FIELDS = Map.ofEntries(
            Map.entry("exec", "runs a command, and the operator runs none. " + INSTEAD),
            Map.entry("auth-provider", "needs a plugin, and the operator has none. " + INSTEAD),
            Map.entry("tokenFile", A_FILE + "token"),
            Map.entry("client-certificate", A_FILE + "client-certificate-data"),
            Map.entry("client-key", A_FILE + "client-key-data"),
            Map.entry("username", "is for passwords, which Kubernetes doesn't take any more. " + INSTEAD),
            Map.entry("password", "is for passwords, which Kubernetes doesn't take any more. " + INSTEAD),
            Map.entry("as", ANOTHER),
            Map.entry("as-uid", ANOTHER),
            Map.entry("as-groups", ANOTHER),
            Map.entry("as-user-extra", ANOTHER));

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?");
    private static final int HIGHEST_PORT = 65_535;

    /** A pattern goes as deep as a path is long. */
    private static final int LONGEST_SERVER = 1024;

    /** What a header can carry without becoming two. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final Fields file;

    KubeconfigReading(String text) {
        file = new Fields("", new PlainYaml().read(text));
    }

    Kubeconfig kubeconfig() {
        file.only(
                Set.of(
                        "apiVersion",
                        "kind",
                        "preferences",
                        "extensions",
                        "clusters",
                        "users",
                        "contexts",
                        "current-context"),
                Map.of());
        var cluster = named("clusters", "cluster");
        var user = named("users", "user");
        var context = named("contexts", "context");
        refer(file, "current-context", context);
        refer(context.inside("context"), "cluster", cluster);
        refer(context.inside("context"), "user", user);
        context.inside("context").only(Set.of("cluster", "user", "namespace", "extensions"), Map.of());
        return new Kubeconfig(
                server(cluster.inside("cluster")),
                authority(cluster.inside("cluster")),
                credential(user.inside("user")));
    }

    private Fields named(String list, String content) {
        var only = file.only(list).only(Set.of("name", content), Map.of());
        only.required("name");
        return only;
    }

    private static void refer(Fields from, String field, Fields to) {
        if (!from.required(field).equals(to.required("name"))) {
            throw new Refusal("%s isn't %s. Make them the same".formatted(from.at(field), to.at("name")));
        }
    }

    private static URI server(Fields cluster) {
        cluster.only(
                Set.of("server", "certificate-authority-data", "disable-compression", "extensions"), NO_CLUSTER_FIELDS);
        var problem = new Refusal(cluster.at("server")
                + " must be an address like https://cluster.example.com:6443, without user, query, fragment, and '..' or"
                + " escapes in its path, and no longer than 1024 characters");
        var text = cluster.required("server");
        try {
            var server = new URI(text);
            var plain = text.length() <= LONGEST_SERVER
                    && "https".equalsIgnoreCase(server.getScheme())
                    && server.getHost() != null
                    && server.getRawUserInfo() == null
                    && server.getRawQuery() == null
                    && server.getRawFragment() == null
                    && server.getPort() != 0
                    && server.getPort() <= HIGHEST_PORT
                    && PATH.matcher(server.getRawPath()).matches();
            if (plain) {
                return server;
            }
        } catch (URISyntaxException _) {
            throw problem;
        }
        throw problem;
    }

    private static String authority(Fields cluster) {
        var field = "certificate-authority-data";
        var text = decoded(cluster, field);
        try {
            Pem.x509(ascii(text));
            return text;
        } catch (IllegalArgumentException _) {
            throw new Refusal("%s must be PEM certificates in base64, and nothing else. Put the cluster's CA there"
                    .formatted(cluster.at(field)));
        }
    }

    private static Credential credential(Fields user) {
        user.only(Set.of("token", "client-certificate-data", "client-key-data", "extensions"), NO_USER_FIELDS);
        var token = user.text("token");
        var certificate = user.text("client-certificate-data");
        var key = user.text("client-key-data");
        if (token.isPresent() && (certificate.isPresent() || key.isPresent())) {
            throw new Refusal("%s has a token and a client certificate. Leave one of them, so that it is clear who asks"
                    .formatted(user.path()));
        }
        if (token.isPresent()) {
            return token(user, token.get());
        }
        if (certificate.isEmpty() && key.isEmpty()) {
            throw new Refusal("%s has neither token nor client-certificate-data with client-key-data. %s"
                    .formatted(user.path(), INSTEAD));
        }
        return certificate(user);
    }

    private static Credential token(Fields user, String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new Refusal("%s is empty, or has blanks, line ends or other signs that no token has. Write it again"
                    .formatted(user.at("token")));
        }
        return new Credential.Token(token);
    }

    private static Credential certificate(Fields user) {
        var chain = decoded(user, "client-certificate-data");
        var first = first(user, chain);
        var key = decoded(user, "client-key-data");
        if (!Signing.isPair(first.getPublicKey(), key(user, key))) {
            throw new Refusal(
                    "%s isn't the key of the first certificate in client-certificate-data. Put the two together again"
                            .formatted(user.at("client-key-data")));
        }
        return new Credential.Certificate(chain, key);
    }

    private static X509Certificate first(Fields user, String chain) {
        try {
            return Pem.x509(ascii(chain)).getFirst();
        } catch (IllegalArgumentException _) {
            throw new Refusal("%s must be PEM certificates in base64, and nothing else"
                    .formatted(user.at("client-certificate-data")));
        }
    }

    private static PrivateKey key(Fields user, String key) {
        try {
            return Pem.readPrivateKey(ascii(key));
        } catch (IllegalArgumentException _) {
            throw new Refusal("%s must be one PEM private key in base64, without a passphrase"
                    .formatted(user.at("client-key-data")));
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String decoded(Fields fields, String name) {
        try {
            // Long values are often folded, which leaves blanks.
            var encoded = fields.required(name).replaceAll("\\s", "");
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException _) {
            throw new Refusal("%s is no base64. Write it again with kubectl config view --raw --minify --flatten"
                    .formatted(fields.at(name)));
        }
    }
}
