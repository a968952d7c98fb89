package dev.bulkhead.faults;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands out the proxy and the operator of a class: {@link Station}. */
final class ProxyExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(ProxyExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Station.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // Asked for before any namespace is, it ends after all of them are gone.
        return ofClass(context).computeIfAbsent(Station.class, _ -> new Station(), Station.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var station = ofClass(context).get(Station.class, Station.class);
        if (station != null) {
            station.heal();
        }
    }

    private static Store ofClass(ExtensionContext context) {
        var ofClass = context.getTestMethod().isPresent() ? context.getParent().orElseThrow() : context;
        return ofClass.getStore(NAMESPACE);
    }
}
