package dev.bulkhead.cli;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cluster as the person at the keyboard reaches it: by a kubeconfig that they named, and a context that they named. */
final class Access implements AutoCloseable {

    private final String option;
    private final Config config;
    private final KubernetesClient client;

    /**
     * How others reach it.
     *
     * @param authority the certificates that it is trusted by, as PEM
     */
    record Address(URI server, String authority) {}

    private Access(String option, Config config) {
        this.option = option;
        this.config = config;
        // A person waits, and can type it again.
        config.setRequestRetryBackoffLimit(0);
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    static Access to(String option, @Nullable Path file, String contextOption, @Nullable String context) {
        if (file == null) {
            throw new CommandFailure(
                    "%s is missing: every cluster is named, and nothing is taken from a current context"
                            .formatted(option));
        }
        if (!Files.isReadable(file)) {
            throw new CommandFailure("%s %s is not readable".formatted(option, file));
        }
        return new Access(option, config(option, file, contextOption, context));
    }

    private static Config config(String option, Path file, String contextOption, @Nullable String context) {
        try {
            return Config.fromKubeconfig(context(option, file, contextOption, context), file.toFile());
        } catch (CommandFailure e) {
            throw e;
        } catch (RuntimeException _) {
            // What a parser says would show the line, and with it perhaps a token.
            throw new CommandFailure(
                    "%s %s can't be read as a kubeconfig: write it again with kubectl config view --raw"
                            .formatted(option, file));
        }
    }

    private static String context(String option, Path file, String contextOption, @Nullable String wanted) {
        var contexts = KubeConfigUtils.parseConfig(file.toFile()).getContexts().stream()
                .map(NamedContext::getName)
                .toList();
        if (wanted != null && !contexts.contains(wanted)) {
            throw new CommandFailure(
                    "%s %s: %s has no such context, but %s".formatted(contextOption, wanted, file, listed(contexts)));
        }
        if (wanted == null && contexts.size() != 1) {
            throw new CommandFailure("%s %s has the contexts %s: say which with %s"
                    .formatted(option, file, listed(contexts), contextOption));
        }
        return wanted == null ? contexts.getFirst() : wanted;
    }

    private static String listed(List<String> contexts) {
        return contexts.isEmpty() ? "none" : contexts.stream().sorted().collect(Collectors.joining(", "));
    }

    KubernetesClient client() {
        return client;
    }

    /** @param elsewhere where the operator reaches it, if not here */
    Address address(Optional<URI> elsewhere) {
        if (config.isTrustCerts()) {
            throw new CommandFailure(
                    "%s trusts any certificate (insecure-skip-tls-verify), and the operator won't: give it the"
                                    .formatted(option)
                            + " cluster's certificate-authority-data");
        }
        var server = elsewhere.orElseGet(() -> URI.create(config.getMasterUrl().replaceFirst("/$", "")));
        if (!"https".equals(server.getScheme())) {
            throw new CommandFailure(
                    "the operator would reach the target at %s, and goes by https only".formatted(server));
        }
        return new Address(server, authority());
    }

    private String authority() {
        if (config.getCaCertData() != null) {
            return new String(Base64.getMimeDecoder().decode(config.getCaCertData()), StandardCharsets.UTF_8);
        }
        if (config.getCaCertFile() != null) {
            try {
                return Files.readString(Path.of(config.getCaCertFile()));
            } catch (IOException _) {
                throw new CommandFailure("%s names certificate authority %s, which is not readable"
                        .formatted(option, config.getCaCertFile()));
            }
        }
        // A public one would do for us, and not for the operator, which trusts what it is given. Each namespace has the
        // cluster's.
        var published = client.configMaps()
                .inNamespace("kube-system")
                .withName("kube-root-ca.crt")
                .get();
        return Optional.ofNullable(published)
                .map(it -> it.getData().get("ca.crt"))
                .orElseThrow(() -> new CommandFailure(
                        "%s names no certificate authority, and the cluster publishes none".formatted(option)));
    }

    @Override
    public void close() {
        client.close();
    }
}
