package dev.bulkhead.secrets.template;

import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.apply.Entry.Source.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A text with holes: <code>{{ value }}</code>, <code>{{ secret 'entry' 'key' }}</code>,
 * <code>{{ address 'workload' }}</code>, <code>{{ port 'workload' 'port' }}</code>.
 */
public record Template(List<Part> parts) {

    public Template {
        parts = List.copyOf(parts);
    }

    /** @throws Misspelt when it isn't one */
    public static Template parse(String text) throws Misspelt {
        return new Template(new Parser(text).parts());
    }

    /** The entries whose values are in it, its own included. */
    public SortedSet<String> entries(String own) {
        var entries = new TreeSet<String>();
        for (var part : parts) {
            switch (part) {
                case Part.Own _ -> entries.add(own);
                case Part.Secret secret -> entries.add(secret.entry());
                case Part.Literal _, Part.Address _, Part.Port _ -> {}
            }
        }
        return entries;
    }

    /** Where its values are, and the rest filled in; empty while something that it names isn't there. */
    public Optional<Source> source(String own, Surroundings around) {
        var pieces = new ArrayList<Piece>();
        for (var part : parts) {
            var piece = piece(part, own, around);
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            pieces.add(piece.get());
        }
        return Optional.of(new Source.Text(pieces));
    }

    private static Optional<Piece> piece(Part part, String own, Surroundings around) {
        return switch (part) {
            case Part.Literal literal -> Optional.of(new Piece.Literal(literal.text()));
            case Part.Own it -> around.value(own, it.key()).map(copy -> new Piece.Value(copy, it.filter()));
            case Part.Secret it -> around.value(it.entry(), it.key()).map(copy -> new Piece.Value(copy, it.filter()));
            case Part.Address it -> around.address(it.workload()).map(Piece.Literal::new);
            case Part.Port it ->
                around.port(it.workload(), it.port()).map(number -> new Piece.Literal(Integer.toString(number)));
        };
    }

    /** What a template may name. */
    public interface Surroundings {

        /** Where the value of an entry's key is that is in use now. */
        Optional<Source.Copy> value(String entry, String key);

        Optional<String> address(String workload);

        Optional<Integer> port(String workload, String port);
    }
}
