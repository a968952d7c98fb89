package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** One thing that should exist in the target cluster. */
public sealed interface Entry {

    Ref ref();

    Level level();

    Origin origin();

    /** A plain object. It holds only the fields that we want to own: the API server merges the rest. */
    record ObjectEntry(HasMetadata object, Level level, Origin origin, Set<HandedOver> handedOver) implements Entry {

        public ObjectEntry(HasMetadata object, Level level, Origin origin) {
            this(object, level, origin, Set.of());
        }

        @Override
        public Ref ref() {
            return Ref.of(object);
        }
    }

    /**
     * A Secret, told by where its values come from and a keyed hash of them. The bytes are read when they are written,
     * and never before.
     *
     * @param labels the labels of the published Secret
     * @param annotations its annotations
     * @param sources data key of the published Secret → what its value is made from
     * @param version keyed hash over keys and values: a new value is a new version
     */
    record SecretEntry(
            Ref ref,
            Level level,
            Origin origin,
            Map<String, String> labels,
            Map<String, String> annotations,
            Map<String, Source> sources,
            String version)
            implements Entry {}

    /** What a published value is made from. Every part is a key of a Secret on the hub, read when it is written. */
    sealed interface Source {

        /** The value as it is there. */
        record Copy(String namespace, String secret, String key) implements Source {}

        /** Several texts, each on lines of its own and each once: what is accepted, or a bundle of certificates. */
        record Lines(List<Copy> parts) implements Source {

            public Lines {
                parts = List.copyOf(parts);
            }
        }

        /** Each text that is one line, on a line of its own and each once. What isn't text, or isn't one line, is left out. */
        record SingleLines(List<Copy> parts) implements Source {

            public SingleLines {
                parts = List.copyOf(parts);
            }
        }

        /** Public keys, each a JWK, as a JWK set (RFC 7517 §5). */
        record KeySet(List<Copy> parts) implements Source {

            public KeySet {
                parts = List.copyOf(parts);
            }
        }

        /** A text with values in it. */
        record Text(List<Piece> pieces) implements Source {

            public Text {
                pieces = List.copyOf(pieces);
            }
        }

        /** A part of a text. */
        sealed interface Piece {

            record Literal(String text) implements Piece {}

            record Value(Copy copy, Filter filter) implements Piece {}
        }

        /** How a value is written into a text. */
        enum Filter {
            NONE,
            /** Percent-encoded, for a part of a URL (RFC 3986 §2.1). */
            URL,
            BASE64
        }

        /** Every key that has to be read. */
        default Stream<Copy> copies() {
            return switch (this) {
                case Copy copy -> Stream.of(copy);
                case Lines lines -> lines.parts().stream();
                case SingleLines lines -> lines.parts().stream();
                case KeySet keys -> keys.parts().stream();
                case Text text ->
                    text.pieces().stream().filter(Piece.Value.class::isInstance).map(piece -> ((Piece.Value) piece)
                            .copy());
            };
        }
    }

    /** A field that another writer takes over: we stop owning it without resetting it. */
    enum HandedOver {
        /** {@code spec.replicas}, which a HorizontalPodAutoscaler writes. */
        REPLICAS
    }
}
