package dev.bulkhead.cluster.kubeconfig;

import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.CA;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.CERTIFICATE;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.KEY;
import static dev.bulkhead.cluster.kubeconfig.KubeconfigText.base64;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever else a kubeconfig holds, in whatever order: one thing too many and it is refused, and never shown. */
class VettingPropertyTest {

    private static final String CANARY = "canary";

    /** Everything that kubectl knows and we don't take, and things that nobody knows. */
    private static final List<String> FORBIDDEN = List.of(
            "exec",
            "auth-provider",
            "tokenFile",
            "client-certificate",
            "client-key",
            "username",
            "password",
            "as",
            "as-uid",
            "as-groups",
            "as-user-extra",
            "insecure-skip-tls-verify",
            "certificate-authority",
            "proxy-url",
            "tls-server-name",
            "cmd-path",
            "Exec",
            "<<",
            "api-key",
            "");

    private final ObjectMapper json = new ObjectMapper();
    private final ObjectMapper yaml = new YAMLMapper();
    private final Vetting vetting = new Vetting(new AddressRules(List.of(), () -> AddressRules.HubNetwork.UNKNOWN), _ ->
            new InetAddress[] {InetAddress.getByName("192.0.2.1")});

    /** What is added where. */
    private record Addition(int place, String field, Object value) {}

    @Property(tries = 300)
    void aGoodOneIsTakenInEveryOrder(@ForAll("good") ObjectNode good, @ForAll long seed)
            throws JsonProcessingException {
        assertThat(vet(shuffled(good, new Random(seed)))).isInstanceOf(Vetted.Fit.class);
    }

    @Property(tries = 1000)
    void oneFieldTooManyAnywhereIsRefusedAndNotShown(
            @ForAll("good") ObjectNode good, @ForAll("additions") Addition addition, @ForAll long seed)
            throws JsonProcessingException {
        var places = objects(good);
        places.get(addition.place() % places.size()).set(addition.field(), json.valueToTree(addition.value()));

        assertThat(vet(shuffled(good, new Random(seed))))
                .isInstanceOfSatisfying(Vetted.Unfit.class, it -> assertThat(it.message())
                        .doesNotContain(CANARY, CA, CERTIFICATE, KEY));
    }

    /** Whatever bytes are there, an answer comes, and it shows nothing. */
    @Property(tries = 500)
    void rubbishIsRefused(@ForAll String rubbish) {
        assertThat(vetting.vet(Map.of("value", base64(rubbish)), null)).isInstanceOf(Vetted.Unfit.class);
        assertThat(vetting.vet(Map.of("value", rubbish), null)).isInstanceOf(Vetted.Unfit.class);
    }

    @Provide
    Arbitrary<ObjectNode> good() {
        var names = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-_.@:/")
                .ofMinLength(1)
                .ofMaxLength(30);
        var tokens = Arbitraries.strings()
                .withCharRange('!', '~')
                .ofMinLength(1)
                .ofMaxLength(200)
                .map(it -> CANARY + it);
        var users = Arbitraries.oneOf(
                tokens.map(token -> Map.of("token", token)),
                Arbitraries.just(Map.of("client-certificate-data", CERTIFICATE, "client-key-data", KEY)));
        var servers = Arbitraries.of(
                "https://cluster.example.com", "https://192.0.2.1:6443/", "https://[2001:db8::1]/k8s/clusters/c-1");
        return Combinators.combine(names, names, names, users, servers)
                .as((cluster, user, context, credential, server) -> json.valueToTree(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Config",
                        "current-context",
                        context,
                        "clusters",
                        List.of(Map.of(
                                "name",
                                cluster,
                                "cluster",
                                Map.of("server", server, "certificate-authority-data", CA))),
                        "users",
                        List.of(Map.of("name", user, "user", credential)),
                        "contexts",
                        List.of(Map.of("name", context, "context", Map.of("cluster", cluster, "user", user))))));
    }

    @Provide
    Arbitrary<Addition> additions() {
        var values = Arbitraries.<Object>of(
                CANARY, true, 7, List.of(CANARY), Map.of("command", CANARY), Map.of(), List.of(), "", "/" + CANARY);
        return Combinators.combine(Arbitraries.integers().between(0, 100), Arbitraries.of(FORBIDDEN), values)
                .as(Addition::new);
    }

    private Vetted vet(ObjectNode kubeconfig) throws JsonProcessingException {
        return vetting.vet(Map.of("value", base64(yaml.writeValueAsString(kubeconfig))), null);
    }

    /** The mappings that the addition may go into. */
    private static List<ObjectNode> objects(ObjectNode kubeconfig) {
        var found = new ArrayList<ObjectNode>();
        found.add(kubeconfig);
        for (var list : List.of("clusters", "users", "contexts")) {
            var element = (ObjectNode) kubeconfig.get(list).get(0);
            found.add(element);
            element.forEach(content -> {
                if (content instanceof ObjectNode object) {
                    found.add(object);
                }
            });
        }
        return found;
    }

    private static ObjectNode shuffled(ObjectNode object, Random random) {
        var fields = new ArrayList<>(object.properties());
        Collections.shuffle(fields, random);
        var shuffled = JsonNodeFactory.instance.objectNode();
        fields.forEach(field -> shuffled.set(
                field.getKey(),
                switch (field.getValue()) {
                    case ObjectNode inner -> shuffled(inner, random);
                    case ArrayNode list
                    when !list.isEmpty() && list.get(0) instanceof ObjectNode only && list.size() == 1 ->
                        JsonNodeFactory.instance.arrayNode().add(shuffled(only, random));
                    default -> field.getValue();
                }));
        return shuffled;
    }
}
