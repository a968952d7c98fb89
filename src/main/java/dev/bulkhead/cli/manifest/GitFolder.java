package dev.bulkhead.cli.manifest;

import dev.bulkhead.cli.manifest.Folder.Unreadable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder as it was at a commit. Git is asked for the texts; neither its index nor its work tree is touched. */
public final class GitFolder {

    private final Path folder;
    private final String only;
    private final String ref;

    private GitFolder(Path folder, String only, String ref) {
        this.folder = folder;
        this.only = only;
        this.ref = ref;
    }

    /** Nothing, where the folder didn't exist then. */
    public static List<TextFile> read(Path path, String ref) throws Unreadable {
        var absolute = path.toAbsolutePath();
        var at = Files.isDirectory(path)
                ? new GitFolder(absolute, "", ref)
                : new GitFolder(absolute.getParent(), path.getFileName().toString(), ref);
        if (!Files.isDirectory(at.folder)) {
            throw new Unreadable("%s isn't there".formatted(path));
        }
        try {
            return at.texts(path);
        } catch (IOException e) {
            throw new Unreadable("git can't be asked for %s at %s: %s".formatted(path, ref, e.getMessage()));
        }
    }

    private List<TextFile> texts(Path shown) throws IOException, Unreadable {
        var blobs = new TreeMap<String, String>();
        for (var line : git("ls-tree", "-z", commit()).split("\0")) {
            // <mode> SP <type> SP <object> TAB <name>; a link has no text of its own.
            var tab = line.indexOf('\t');
            var name = line.substring(tab + 1);
            if (line.startsWith("100") && (only.isEmpty() || only.equals(name))) {
                Folder.refuseKustomize(shown.toString(), name);
                if (Folder.isYaml(name) || !only.isEmpty()) {
                    blobs.put(name, line.substring(0, tab).split(" ")[2]);
                }
            }
        }
        return contents(shown, blobs);
    }

    private String commit() throws IOException, Unreadable {
        try {
            return git("rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}")
                    .strip();
        } catch (Unreadable _) {
            throw new Unreadable(
                    "--base %s is no commit of the git repository of %s, if it is in one. In a shallow clone, fetch it first"
                            .formatted(ref, folder));
        }
    }

    private List<TextFile> contents(Path shown, Map<String, String> blobs) throws IOException {
        var texts = new ArrayList<TextFile>();
        var process = start("cat-file", "--batch");
        try (var asked = process.getOutputStream();
                var said = new DataInputStream(process.getInputStream())) {
            for (var blob : blobs.entrySet()) {
                var name = only.isEmpty() ? shown.resolve(blob.getKey()).normalize() : shown;
                texts.add(new TextFile(ref + ":" + name, content(blob.getValue(), asked, said)));
            }
        }
        return texts;
    }

    private static String content(String blob, OutputStream asked, DataInputStream said) throws IOException {
        asked.write((blob + "\n").getBytes(StandardCharsets.US_ASCII));
        asked.flush();
        // <object> SP <type> SP <size> LF, the content, LF.
        var heading = new StringBuilder();
        for (var next = said.readByte(); next != '\n'; next = said.readByte()) {
            heading.append((char) next);
        }
        var bytes = new byte[Integer.parseInt(heading.substring(heading.lastIndexOf(" ") + 1))];
        said.readFully(bytes);
        said.skipNBytes(1);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String git(String... words) throws IOException, Unreadable {
        var process = start(words);
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new Unreadable("git %s failed in %s".formatted(String.join(" ", words), folder));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Unreadable("interrupted while git was asked");
        }
        return said;
    }

    private Process start(String... words) throws IOException {
        var command = Stream.concat(Stream.of("git", "-C", folder.toString()), Stream.of(words))
                .toList();
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
