package dev.bulkhead.cli;

import dev.bulkhead.cli.manifest.Folder;
import dev.bulkhead.cli.manifest.Folder.Unreadable;
import dev.bulkhead.cli.manifest.GitFolder;
import dev.bulkhead.cli.manifest.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that say which files a command is about. */
final class InputFiles {

    private static final Path STDIN = Path.of("-");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final InputStream stdin;

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "PATH",
            description = {
                "A file, a folder (its .yaml files, without the folders in it), or - for what is piped in.",
                "May be given several times: the platform's files, and yours."
            })
    private List<Path> paths = List.of();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = "default",
            description = "Where a resource is put that names no namespace. Default: ${DEFAULT-VALUE}.")
    private String namespace = "";

    InputFiles(InputStream stdin) {
        this.stdin = stdin;
    }

    String namespace() {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new CommandFailure("-n %s can't be the name of a namespace: use a-z, 0-9 and -, and no - at its ends"
                    .formatted(namespace));
        }
        return namespace;
    }

    List<TextFile> now() {
        return read(it -> it.equals(STDIN) ? List.of(new TextFile("stdin", piped())) : Folder.read(it));
    }

    /** The same files at a commit. */
    List<TextFile> at(String ref) {
        if (paths.contains(STDIN)) {
            throw new CommandFailure("--base needs files, and -f - has none in git: name them");
        }
        return read(it -> GitFolder.read(it, ref));
    }

    private List<TextFile> read(Reader reader) {
        try {
            var files = new ArrayList<TextFile>();
            for (var path : paths) {
                files.addAll(reader.read(path));
            }
            return files;
        } catch (Unreadable e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private String piped() {
        try {
            return new String(stdin.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Reader {
        List<TextFile> read(Path path) throws Unreadable;
    }
}
