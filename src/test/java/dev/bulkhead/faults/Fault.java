package dev.bulkhead.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that lets faults happen, and whose verdict goes into the table of {@code make faults}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@Tag("faults")
@ExtendWith(FaultRecorder.class)
public @interface Fault {

    /** The numbers of docs/reliability.md. */
    int[] value();
}
