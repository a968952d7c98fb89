package dev.bulkhead.cluster.kubeconfig;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the kubeconfig in a Secret, and takes it only if it holds an address, an authority and a credential, and
 * nothing that would run a command, read a file or go by another way. No library's reader of kubeconfigs sees it: theirs
 * run commands.
 */
public final class Vetting {

    /** Where those put it who make such Secrets: Cluster API, Flux, k3k, vCluster, Kamaji, and people. */
    private static final List<String> KEYS =
            List.of("value", "value.yaml", "kubeconfig", "kubeconfig.yaml", "config", "admin.conf");

    /** No kubeconfig of one cluster and one user is longer. */
    static final int MOST_BYTES = 64 * 1024;

    private final AddressRules rules;
    private final Resolution resolution;

    public Vetting(AddressRules rules, Resolution resolution) {
        this.rules = rules;
        this.resolution = resolution;
    }

    /**
     * Asks for the addresses of a host name, and so may take as long as that does.
     *
     * @param data of the Secret, in base64 as it stands there
     * @param key the one that it is under; absent: the first of those that are customary
     */
    public Vetted vet(Map<String, String> data, @Nullable String key) {
        try {
            var found = key(data, key);
            var kubeconfig = read(found, data.get(found));
            var port = kubeconfig.server().getPort();
            return rules.problem(resolve(kubeconfig), port < 0 ? 443 : port)
                    .<Vetted>map(it -> new Vetted.Unfit(
                            "key %s: clusters[0].cluster.server leads where no target may be: %s".formatted(found, it)))
                    .orElseGet(() -> new Vetted.Fit(kubeconfig, found));
        } catch (Refusal e) {
            return new Vetted.Unfit(e.message());
        } catch (UnknownHostException _) {
            return new Vetted.Unresolved(
                    "the host in clusters[0].cluster.server has no address. Check its name, and the DNS that the operator"
                            + " asks; it is tried again");
        }
    }

    private InetAddress[] resolve(Kubeconfig kubeconfig) throws UnknownHostException {
        var host = kubeconfig.server().getHost();
        return resolution.addresses(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }

    private static String key(Map<String, String> data, @Nullable String key) {
        if (key != null) {
            if (!data.containsKey(key)) {
                throw new Refusal(
                        "the Secret has no key %s. Add it, or change spec.kubeconfig.secretRef.key".formatted(key));
            }
            return key;
        }
        return KEYS.stream()
                .filter(data::containsKey)
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        "the Secret has none of the keys %s. Add one, or name another in spec.kubeconfig.secretRef.key"
                                .formatted(String.join(", ", KEYS))));
    }

    private static Kubeconfig read(String key, String encoded) {
        try {
            return new KubeconfigReading(text(encoded)).kubeconfig();
        } catch (Refusal e) {
            throw new Refusal("key %s: %s".formatted(key, e.message()));
        }
    }

    private static String text(String encoded) {
        try {
            var bytes = Base64.getDecoder().decode(encoded);
            if (bytes.length > MOST_BYTES) {
                throw new Refusal("it is longer than 64 KiB. Leave one cluster, one user and one context in it");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException _) {
            throw new Refusal("it is no text in UTF-8. Store the kubeconfig as kubectl writes it");
        }
    }
}
