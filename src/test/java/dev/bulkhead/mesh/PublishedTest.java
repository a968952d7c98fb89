package dev.bulkhead.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published in the midst of a rotation, in the hands of openssl. */
class PublishedTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void opensslGoesOverTheBridgeFromEitherSideAndNotWithoutIt() {
        var world = new MeshWorld(1);
        world.look(0);
        world.target.install();
        var oldAnchor = file("old-anchor", world.target.bundle);
        var oldIssuer = file("old-issuer", world.target.chain);
        world.wishes = "trust-anchor/once";
        world.look(0);
        world.target.identityReads();
        world.look(0);
        var issuer = file("issuer", world.target.chain);
        world.now = world.now.plus(Duration.ofHours(30));
        world.look(0);
        var anchor = file("anchor", world.target.bundle);

        assertThat(verified(oldAnchor, oldIssuer)).as("as before").isTrue();
        assertThat(verified(oldAnchor, issuer)).as("over the bridge").isTrue();
        assertThat(verified(anchor, issuer)).as("past it").isTrue();
        assertThat(verified(anchor, oldIssuer)).as("what is waited for").isFalse();
    }

    @Test
    void opensslReadsTheKeyOfTheIssuerAsLinkerdDoes() {
        var world = new MeshWorld(1);
        world.look(0);
        var key = file("key", world.target.key);
        var certificate = file("certificate", world.target.chain);

        assertThat(new String(world.target.key, StandardCharsets.US_ASCII))
                .startsWith("-----BEGIN EC PRIVATE KEY-----\n");
        assertThat(run("openssl", "ec", "-in", key, "-pubout"))
                .endsWith(run("openssl", "x509", "-in", certificate, "-noout", "-pubkey"));
    }

    private static boolean verified(String anchor, String chain) {
        try {
            return run(
                            "openssl",
                            "verify",
                            "-no-CApath",
                            "-no-CAstore",
                            "-no_check_time",
                            "-CAfile",
                            anchor,
                            "-untrusted",
                            chain,
                            chain)
                    .endsWith(": OK\n");
        } catch (IllegalStateException _) {
            return false;
        }
    }

    private static String run(String... command) {
        return Commands.run(List.of(command), LIMIT);
    }

    private String file(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
