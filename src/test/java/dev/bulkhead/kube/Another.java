package dev.bulkhead.kube;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter: the cluster (or a client of it) beside the shared one that goes by this name. It is started when first asked for, and
 * shared by the tests of a class.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Another {

    String value();

    /** What runs its pods, when it is first asked for; later askers take it as it is. Said once, best in the constructor. */
    NodeRequest node() default NodeRequest.NONE;
}
