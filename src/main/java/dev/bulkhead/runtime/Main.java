package dev.bulkhead.runtime;

import dev.bulkhead.cli.BulkheadCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The operator, or with words behind it a command, which is done and gone before anything of the operator is started. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... arguments) {
        if (arguments.length == 0) {
            Quarkus.run();
        } else {
            System.exit(BulkheadCommand.run(to(FileDescriptor.out), to(FileDescriptor.err), arguments));
        }
    }

    private static PrintWriter to(FileDescriptor stream) {
        return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }
}
