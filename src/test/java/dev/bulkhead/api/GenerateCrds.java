package dev.bulkhead.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes what is generated from the API's records: {@code make crds}. */
public final class GenerateCrds {

    private GenerateCrds() {}

    public static void main(String[] arguments) throws IOException {
        var root = Path.of(arguments.length > 0 ? arguments[0] : "");
        for (var file : files().entrySet()) {
            var target = root.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
    }

    /** Content by path in the repository. */
    static Map<String, String> files() {
        var definitions = Definitions.all();
        var files = new TreeMap<String, String>();
        definitions
                .values()
                .forEach(definition ->
                        files.put("crds/" + Definitions.fileName(definition), Definitions.yaml(definition)));
        files.put("crds/openapi.json", KustomizeSchema.json(definitions));
        files.put("docs/reference.md", ReferencePage.markdown(definitions));
        return files;
    }
}
