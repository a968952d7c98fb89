package dev.bulkhead.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** Which Bulkhead this is, as it was built. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        try (var stream = Version.class.getResourceAsStream("/bulkhead.version")) {
            if (stream == null) {
                throw new IllegalStateException("the program was built without its version");
            }
            var version = new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
            return new String[] {"bulkhead " + version};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
