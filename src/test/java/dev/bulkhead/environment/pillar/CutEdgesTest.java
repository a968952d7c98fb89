package dev.bulkhead.environment.pillar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Ref;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutEdgesTest {

    private static final Plan PLAN =
            new Plan(new EnvironmentId("shop", "staging"), List.of(hole("api.from.frontend.metrics.by.other")));

    @ParameterizedTest
    @CsvSource({
        "api.from.frontend.http.by.edges,     true",
        "frontend.to.api.http.by.edges,       false",
        "api.from.gone.http.by.edges,         false",
        "gone.from.frontend.http.by.edges,    false",
        "api.from.frontend.metrics.by.edges,  false",
        "api.from.frontend.metrics,           false",
        "api.from-ingress.http.by.platform,   true",
        "api.from-nodes.https.by.platform,    true",
        "api.to-cidr.0123abcd.by.partners,    true",
        "deny-all,                            false"
    })
    void anEdgeIsCutWhenBothItsEndsStayAndNothingElseOpensIt(String policy, boolean cut) {
        assertThat(new CutEdges(Stream.of("api", "frontend"), PLAN).cuts(new Ref(Kind.NETWORK_POLICY, "web", policy)))
                .isEqualTo(cut);
    }

    private static ObjectEntry hole(String name) {
        var policy = new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace("web")
                .withName(name)
                .endMetadata()
                .build();
        return new ObjectEntry(policy, Level.FOUNDATION, Origin.networkPolicySet("other"));
    }
}
