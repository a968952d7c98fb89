package dev.bulkhead.secrets.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.apply.Entry.Source.Copy;
import dev.bulkhead.apply.Entry.Source.Filter;
import dev.bulkhead.apply.Entry.Source.Piece;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    private static final Template.Surroundings WORLD = new Template.Surroundings() {

        @Override
        public Optional<Copy> value(String entry, String key) {
            return entry.equals("missing") ? Optional.empty() : Optional.of(new Copy("vault", entry + ".v1", key));
        }

        @Override
        public Optional<String> address(String workload) {
            return Optional.ofNullable(Map.of("db", "db.shop-staging-data.svc").get(workload));
        }

        @Override
        public Optional<Integer> port(String workload, String port) {
            return Optional.ofNullable(Map.of("db/sql", 5432).get(workload + "/" + port));
        }
    };

    @Test
    void holesAreFilledWithWhereTheValuesAre() throws Misspelt {
        var template = Template.parse("postgres://{{username}}:{{ value | url }}@{{ address 'db' }}:"
                + "{{ port 'db' 'sql' }}/app?ca={{ secret 'ca' 'tls.crt'|base64 }}");

        assertThat(template.source("login", WORLD))
                .contains(new Source.Text(List.of(
                        new Piece.Literal("postgres://"),
                        new Piece.Value(new Copy("vault", "login.v1", "username"), Filter.NONE),
                        new Piece.Literal(":"),
                        new Piece.Value(new Copy("vault", "login.v1", "value"), Filter.URL),
                        new Piece.Literal("@"),
                        new Piece.Literal("db.shop-staging-data.svc"),
                        new Piece.Literal(":"),
                        new Piece.Literal("5432"),
                        new Piece.Literal("/app?ca="),
                        new Piece.Value(new Copy("vault", "ca.v1", "tls.crt"), Filter.BASE64))));
        assertThat(template.entries("login")).containsExactly("ca", "login");
    }

    @ParameterizedTest
    @CsvSource({"{{ secret 'missing' 'value' }}", "{{ address 'nobody' }}", "{{ port 'db' 'http' }}"})
    void whatNamesSomethingThatIsNotThereWaits(String text) throws Misspelt {
        assertThat(Template.parse(text).source("a", WORLD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '"',
            value = {
                "pre {{ value # at character 5: {{ has no }}",
                "{{ }} # holds nothing that is known here",
                "{{ 'db' }} # holds nothing that is known here",
                "{{ secret 'db' }} # {{ secret 'db' }} means nothing here",
                "{{ env 'HOME' }} # {{ env 'HOME' }} means nothing here",
                "{{ lookup 'v1' 'Secret' 'x' }} # {{ lookup 'v1' 'Secret' 'x' }} means nothing here",
                "{{ secret db value }} # names stand in quotes",
                "{{ value | upper }} # behind | there is url or base64, once",
                "{{ value | url | base64 }} # behind | there is url or base64, once",
                "{{ value | }} # behind | there is url or base64, once",
                "{{ address 'db' | url }} # addresses and ports need none",
                "ab{{ $value }} # at character 5: this can't stand in {{ }}",
                "{{ value; }} # at character 9: this can't stand in {{ }}",
                "{{ range .Items }} # this can't stand in {{ }}",
                "{{ {{ value }} }} # this can't stand in {{ }}",
            })
    void whatIsNoTemplateIsRefusedWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> Template.parse(text))
                .isInstanceOf(Misspelt.class)
                .hasMessageContaining(message);
    }

    @Property
    void textWithoutHolesStaysAsItIs(@ForAll String text) throws Misspelt {
        var plain = text.replace("{{", "{");

        assertThat(Template.parse(plain).parts())
                .isEqualTo(plain.isEmpty() ? List.of() : List.of(new Part.Literal(plain)));
    }

    /** Whatever is written there: it is a template, or it is said why not. */
    @Property
    void nothingElseComesOutOfATextThanATemplateOrAReason(@ForAll String text) {
        try {
            Template.parse("{{" + text + "}}");
        } catch (Misspelt e) {
            assertThat(e).hasMessageStartingWith("at character ");
        }
    }
}
