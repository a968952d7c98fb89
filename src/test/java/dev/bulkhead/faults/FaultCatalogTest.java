package dev.bulkhead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No fault of the list is forgotten: each has a test, or a reason why it has none. */
class FaultCatalogTest {

    /** The expiry of everything at once (54) comes with what expires. */
    private static final Set<Integer> WANTED =
            IntStream.rangeClosed(1, 62).filter(it -> it != 54).boxed().collect(Collectors.toSet());

    @Test
    void eachFaultIsTriedOrSaidNotToBe() {
        var named = tried();
        named.addAll(FaultTable.NOT_HERE.keySet());

        assertThat(named).containsAll(WANTED);
    }

    @Test
    void nothingIsSaidNotToBeTriedThatIs() {
        assertThat(tried()).doesNotContainAnyElementsOf(FaultTable.NOT_HERE.keySet());
    }

    private static Set<Integer> tried() {
        return new ClassFileImporter()
                .importPackages("dev.bulkhead").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .map(JavaMethod::reflect)
                        .flatMap(method -> Arrays.stream(method.getAnnotationsByType(Fault.class)))
                        .flatMap(fault -> Arrays.stream(fault.value()).boxed())
                        .collect(Collectors.toSet());
    }
}
