package dev.bulkhead.secrets.template;

import dev.bulkhead.apply.Entry.Source.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a template, hole by hole. */
final class Parser {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:([A-Za-z][-._A-Za-z0-9]*)|'([^'{}]*)'|([|]))\\s*");
    private static final String FORMS =
            "{{ value }}, {{ secret 'entry' 'key' }}, {{ address 'workload' }} and {{ port 'workload' 'port' }}";

    private final String text;

    Parser(String text) {
        this.text = text;
    }

    private enum Form {
        WORD,
        QUOTED,
        BAR
    }

    private record Token(Form form, String text, int position) {}

    List<Part> parts() throws Misspelt {
        var parts = new ArrayList<Part>();
        var at = 0;
        while (at < text.length()) {
            var open = text.indexOf(OPEN, at);
            var end = open < 0 ? text.length() : open;
            if (end > at) {
                parts.add(new Part.Literal(text.substring(at, end)));
            }
            if (open < 0) {
                break;
            }
            var close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw new Misspelt(open, "{{ has no }} behind it");
            }
            parts.add(hole(open, tokens(open + OPEN.length(), close)));
            at = close + CLOSE.length();
        }
        return parts;
    }

    private List<Token> tokens(int from, int to) throws Misspelt {
        var tokens = new ArrayList<Token>();
        var matcher = TOKEN.matcher(text).region(from, to);
        while (!text.substring(matcher.regionStart(), to).isBlank()) {
            if (!matcher.lookingAt()) {
                throw new Misspelt(matcher.regionStart(), "this can't stand in {{ }}, where there are only " + FORMS);
            }
            tokens.add(token(matcher));
            matcher.region(matcher.end(), to);
        }
        return tokens;
    }

    private static Token token(Matcher matcher) {
        if (matcher.group(1) != null) {
            return new Token(Form.WORD, matcher.group(1), matcher.start(1));
        }
        return matcher.group(2) != null
                ? new Token(Form.QUOTED, matcher.group(2), matcher.start(2))
                : new Token(Form.BAR, matcher.group(3), matcher.start(3));
    }

    private static Part hole(int position, List<Token> tokens) throws Misspelt {
        var bar = tokens.stream().map(Token::form).toList().indexOf(Form.BAR);
        var what = bar < 0 ? tokens : tokens.subList(0, bar);
        var filter = bar < 0 ? Filter.NONE : filter(tokens.subList(bar, tokens.size()));
        if (what.isEmpty() || what.getFirst().form() != Form.WORD) {
            throw new Misspelt(position, "{{ }} holds nothing that is known here. There are " + FORMS);
        }
        var names = names(what.subList(1, what.size()));
        var word = what.getFirst().text();
        if (word.equals("secret") && names.size() == 2) {
            return new Part.Secret(names.getFirst(), names.getLast(), filter);
        }
        if (word.equals("address") && names.size() == 1) {
            return plain(position, filter, new Part.Address(names.getFirst()));
        }
        if (word.equals("port") && names.size() == 2) {
            return plain(position, filter, new Part.Port(names.getFirst(), names.getLast()));
        }
        if (names.isEmpty()) {
            return new Part.Own(word, filter);
        }
        var said = Stream.concat(Stream.of(word), names.stream().map("'%s'"::formatted))
                .collect(Collectors.joining(" "));
        throw new Misspelt(position, "{{ %s }} means nothing here. There are %s".formatted(said, FORMS));
    }

    private static Part plain(int position, Filter filter, Part part) throws Misspelt {
        if (filter != Filter.NONE) {
            throw new Misspelt(position, "url and base64 are for values, addresses and ports need none: remove it");
        }
        return part;
    }

    private static List<String> names(List<Token> tokens) throws Misspelt {
        var names = new ArrayList<String>();
        for (var token : tokens) {
            if (token.form() != Form.QUOTED) {
                throw new Misspelt(token.position(), "names stand in quotes, such as 'db'");
            }
            names.add(token.text());
        }
        return names;
    }

    private static Filter filter(List<Token> tokens) throws Misspelt {
        if (tokens.size() == 2 && tokens.getLast().form() == Form.WORD) {
            switch (tokens.getLast().text()) {
                case "url" -> {
                    return Filter.URL;
                }
                case "base64" -> {
                    return Filter.BASE64;
                }
                default -> {}
            }
        }
        throw new Misspelt(tokens.getFirst().position(), "behind | there is url or base64, once");
    }
}
