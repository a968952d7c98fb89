package dev.bulkhead.secrets.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy is whole, its owner's alone, and never in the place of another one. */
class EscrowFileTest {

    private static final PassphraseLock LOCK = PassphraseLock.of("correct horse battery".toCharArray());
    private static final EscrowContents CONTENTS = new EscrowContents("hub-1", "a2V5", List.of());

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        var path = folder.resolve("hub.escrow");
        EscrowFile.fresh(path).write(CONTENTS, LOCK);

        assertThat(EscrowFile.open(path, LOCK)).isEqualTo(CONTENTS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining(path::equals).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFileThatIsThereIsNotWrittenOver() throws IOException {
        var path = Files.writeString(folder.resolve("hub.escrow"), "an older copy");

        assertThatThrownBy(() -> EscrowFile.fresh(path))
                .isInstanceOf(EscrowRefused.class)
                .hasMessageContaining("never written over");
    }

    @Test
    void aFileThatCameWhileTheHubWasReadIsNotWrittenOverEither() throws IOException {
        var path = folder.resolve("hub.escrow");
        var file = EscrowFile.fresh(path);
        Files.writeString(path, "another's copy");

        assertThatThrownBy(() -> file.write(CONTENTS, LOCK))
                .isInstanceOf(EscrowRefused.class)
                .hasMessageContaining("never written over");
        assertThat(path).hasContent("another's copy");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }
}
