package dev.bulkhead.secrets.escrow;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;

/** An escrow on a disk: sealed before it gets there, whole or not at all, and nobody else's to read. */
public final class EscrowFile {

    private static final String THERE = "it is there already, and a copy is never written over: name a new file";

    /** A hub of some hundred thousand versions. More would be something else. */
    private static final long LONGEST = 512L << 20;

    private final Path path;

    private EscrowFile(Path path) {
        this.path = path;
    }

    /** One that isn't there yet: an older copy is never written over. */
    public static EscrowFile fresh(Path path) {
        if (Files.exists(path)) {
            throw new EscrowRefused(THERE);
        }
        if (!Files.isWritable(folder(path))) {
            throw new EscrowRefused("folder %s isn't there, or not writable".formatted(folder(path)));
        }
        return new EscrowFile(path);
    }

    private static Path folder(Path path) {
        var parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }

    public void write(EscrowContents contents, Lock lock) {
        var plain = contents.bytes();
        try {
            keep(SealedFile.seal(plain, contents.hubId(), lock, new SecureRandom()));
        } catch (FileAlreadyExistsException _) {
            throw new EscrowRefused(THERE);
        } catch (IOException e) {
            throw new EscrowRefused("it can't be written: " + e.getMessage());
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private void keep(byte[] sealed) throws IOException {
        var part = Files.createTempFile(
                folder(path),
                ".escrow-",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (var out = new FileOutputStream(part.toFile())) {
                out.write(sealed);
                out.getFD().sync();
            }
            // An atomic move would take the place of what came there since.
            Files.move(part, path);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    public static EscrowContents open(Path path, Lock lock) {
        byte[] plain = SealedFile.open(read(path), lock);
        try {
            return EscrowContents.of(plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static byte[] read(Path path) {
        try {
            if (Files.size(path) > LONGEST) {
                throw new EscrowRefused("it has more than %d MiB, which no escrow has".formatted(LONGEST >> 20));
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new EscrowRefused(
                    e instanceof NoSuchFileException
                            ? "there is no such file"
                            : "it can't be read: %s".formatted(e.getMessage()));
        }
    }
}
