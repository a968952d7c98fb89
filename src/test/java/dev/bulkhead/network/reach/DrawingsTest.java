package dev.bulkhead.network.reach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.network.reach.draw.Json;
import dev.bulkhead.network.reach.draw.Markdown;
import dev.bulkhead.network.reach.draw.Mermaid;
import dev.bulkhead.network.reach.draw.Svg;
import dev.bulkhead.network.reach.draw.Table;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** One matrix in every form. */
class DrawingsTest {

    private static final Matrix MATRIX = Shop.usual().matrix().withoutKubelet();

    /** Names that Kubernetes would never take, as nobody should have to rely on that. */
    private static final Matrix ODD = odd("a\"<b>|&*`");

    @Test
    void aTableHasItsColumnsUnderEachOther() {
        assertThat(new Table().of(MATRIX)).isEqualTo("""
                        FROM      TO        WHAT         ENFORCED BY  NOTE
                        shop/web  shop/api  http (8080)  L4 L7        mutual TLS
                        """);
    }

    @Test
    void markdownIsATableOfAPullRequest() {
        assertThat(new Markdown().of(MATRIX)).endsWith("| shop/web | shop/api | http (8080) | L4 L7 | mutual TLS |\n");
        assertThat(new Markdown().of(ODD)).contains("x/a\"&lt;b>\\|&\\*\\`");
    }

    @Test
    void mermaidHasABoxForEachNamespace() {
        assertThat(new Mermaid().of(MATRIX)).isEqualTo("""
                        flowchart LR
                          subgraph "shop"
                            n0["api"]
                            n1["web"]
                          end
                          n1 -->|"http (8080)"| n0
                        """);
        assertThat(new Mermaid().of(ODD)).contains("a#quot;#lt;b#gt;|#amp;*`").doesNotContain("<b>");
    }

    @Test
    void jsonIsForPrograms() throws Exception {
        var edge = new ObjectMapper().readTree(new Json().of(MATRIX)).at("/edges/0");

        assertThat(edge.at("/from").asText()).isEqualTo("shop/web");
        assertThat(edge.at("/enforcedBy/1").asText()).isEqualTo("L7");
        assertThat(edge.at("/mutualTLS").asBoolean()).isTrue();
        assertThat(edge.at("/outlivesACut").asBoolean()).isFalse();
    }

    @Test
    void aPictureIsWellFormedWhateverNamesAreInIt() throws Exception {
        for (var matrix : List.of(MATRIX, ODD, new Matrix(List.of(), List.of()))) {
            var picture = new Svg().of(matrix).getBytes(StandardCharsets.UTF_8);
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(picture))
                            .getDocumentElement()
                            .getTagName())
                    .isEqualTo("svg");
        }
    }

    private static Matrix odd(String name) {
        var party = Shop.usual().endpoints().getFirst();
        var odd = new Endpoint(
                "x",
                name,
                party.labels(),
                party.serviceAccount(),
                party.ports(),
                party.probes(),
                party.proxy(),
                false,
                List.of());
        return new Matrix(List.of(odd), List.of(new Edge(odd, odd, name, Shop.tcp(1), Access.ALL, Set.of(), false)));
    }
}
