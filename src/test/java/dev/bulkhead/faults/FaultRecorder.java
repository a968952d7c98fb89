package dev.bulkhead.faults;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/** Writes the verdict of each fault test into the table of the run. */
final class FaultRecorder implements ParameterResolver, TestWatcher {

    private static final Namespace NAMESPACE = Namespace.create(FaultRecorder.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Trial.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return trial(context);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        record(context, "held");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        record(context, "VIOLATED");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        record(context, "not run");
    }

    private static void record(ExtensionContext context, String verdict) {
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Fault.class)
                .ifPresent(fault -> Arrays.stream(fault.value()).forEach(number -> table(context)
                        .add(number, context.getRequiredTestMethod().getName(), verdict, told(context))));
    }

    private static Trial trial(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(Trial.class, _ -> new Trial(), Trial.class);
    }

    /** When the verdict is known nothing may be put into the store any more; and not every test has something to tell. */
    private static Trial told(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(Trial.class, Trial.class))
                .orElseGet(Trial::new);
    }

    private static FaultTable table(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(FaultTable.class, _ -> new FaultTable(), FaultTable.class);
    }
}
