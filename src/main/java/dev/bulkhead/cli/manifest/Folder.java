package dev.bulkhead.cli.manifest;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The YAML of a file, or of a folder without the folders in it, as kubectl reads what it is told by {@code -f}. */
public final class Folder {

    private static final Set<String> KUSTOMIZE = Set.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private Folder() {}

    /** @throws Unreadable in words for whoever named it */
    public static List<TextFile> read(Path path) throws Unreadable {
        if (!Files.exists(path)) {
            throw new Unreadable("%s isn't there".formatted(path));
        }
        try {
            return Files.isDirectory(path) ? folder(path) : List.of(file(path));
        } catch (IOException e) {
            throw new Unreadable("%s can't be read: %s".formatted(path, e.getMessage()));
        }
    }

    private static List<TextFile> folder(Path folder) throws IOException, Unreadable {
        var texts = new ArrayList<TextFile>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var name = file.getFileName().toString();
                refuseKustomize(folder.toString(), name);
                if (isYaml(name)) {
                    texts.add(file(file));
                }
            }
        }
        if (texts.isEmpty()) {
            throw new Unreadable("%s has no .yaml file".formatted(folder));
        }
        return texts;
    }

    private static TextFile file(Path file) throws IOException, Unreadable {
        try {
            return new TextFile(file.normalize().toString(), Files.readString(file));
        } catch (MalformedInputException _) {
            throw new Unreadable("%s is no text in UTF-8".formatted(file));
        }
    }

    static boolean isYaml(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    static void refuseKustomize(String folder, String name) throws Unreadable {
        if (KUSTOMIZE.contains(name)) {
            throw new Unreadable(
                    "%s has a %s, so its files aren't what is applied. Build it first: kustomize build %s | bulkhead … -f -"
                            .formatted(folder, name, folder));
        }
    }

    /** Why files can't be had. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        public Unreadable(String message) {
            super(message, null, false, false);
        }
    }
}
