package dev.bulkhead.cli;

import dev.bulkhead.secrets.escrow.EscrowRefused;
import dev.bulkhead.secrets.escrow.KeyLock;
import dev.bulkhead.secrets.escrow.Lock;
import dev.bulkhead.secrets.escrow.PassphraseLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an escrow is sealed and opened: a key pair, or a passphrase. Neither is ever an argument, which others could see. */
final class EscrowKeys {

    private static final String VARIABLE = "BULKHEAD_ESCROW_PASSPHRASE";

    private final Map<String, String> environment;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Has the passphrase, of 14 characters at least. Without: the environment variable " + VARIABLE
                    + ", or you are asked for it.")
    private @Nullable Path passphraseFile;

    EscrowKeys() {
        this(System.getenv());
    }

    EscrowKeys(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @param publicKey if it is sealed for a key pair */
    Lock sealing(@Nullable Path publicKey) {
        return publicKey == null ? passphrase(true) : ofFile(publicKey, KeyLock::of);
    }

    /** @param privateKey if it was sealed for a key pair */
    Lock opening(@Nullable Path privateKey) {
        return privateKey == null ? passphrase(false) : ofFile(privateKey, KeyLock::opening);
    }

    private interface Reading {
        Lock of(String pem);
    }

    private static Lock ofFile(Path file, Reading reading) {
        try {
            return reading.of(text(file));
        } catch (EscrowRefused e) {
            throw new CommandFailure("%s: %s".formatted(file, e.getMessage()));
        }
    }

    private Lock passphrase(boolean isNew) {
        var passphrase = passphraseFile == null
                ? Optional.ofNullable(environment.get(VARIABLE))
                        .map(String::toCharArray)
                        .orElseGet(() -> typed(isNew))
                : text(passphraseFile).stripTrailing().toCharArray();
        try {
            return PassphraseLock.of(passphrase);
        } catch (EscrowRefused e) {
            throw new CommandFailure(e.getMessage());
        } finally {
            Arrays.fill(passphrase, ' ');
        }
    }

    private static char[] typed(boolean isNew) {
        var console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new CommandFailure(
                    "a passphrase is missing, and there is no terminal to ask for it: give it in a file, with --passphrase-file, or in the environment variable %s"
                            .formatted(VARIABLE));
        }
        var first = console.readPassword("Passphrase of the escrow: ");
        if (isNew && !Arrays.equals(first, console.readPassword("Once more: "))) {
            throw new CommandFailure("the two passphrases are not the same");
        }
        return first == null ? new char[0] : first;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException _) {
            throw new CommandFailure("%s is not readable".formatted(file));
        }
    }
}
