package dev.bulkhead.faults;

import dev.bulkhead.kube.BulkheadTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of fault tests. They share an operator that reaches the API server through a proxy; each may also take its
 * {@link Trial}. After each test the proxy is whole again.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BulkheadTest
@ExtendWith({FaultRecorder.class, ProxyExtension.class})
public @interface FaultSuite {}
