package dev.bulkhead.kube;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test on a real API server. Its constructor and methods may take a {@link TestCluster}, {@link KubeCluster}, {@code
 * KubernetesClient}, {@link TestNamespace}, {@link OperatorUnderTest} (in process, or a real {@link OperatorProcess}) and {@link Audit}. With {@link
 * Another} it has clusters beside that one, and a {@link Remote} makes one of them a target of it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BulkheadExtension.class)
public @interface BulkheadTest {

    /** What must run the pods, at least. Where it doesn't, the test is skipped; on CI it fails. */
    NodeKind needs() default NodeKind.NONE;

    /** Whether its pods run PostgreSQL and MariaDB. Where their image can't be made, the test is skipped; on CI it fails. */
    boolean databases() default false;
}
