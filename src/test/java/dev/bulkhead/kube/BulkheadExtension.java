package dev.bulkhead.kube;

import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Hands clusters and what goes with them to tests: see {@link BulkheadTest}. */
final class BulkheadExtension
        implements ParameterResolver,
                BeforeAllCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                LifecycleMethodExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(BulkheadExtension.class);
    private static final Set<Class<?>> TYPES = Set.of(
            KubeCluster.class,
            TestCluster.class,
            KubernetesClient.class,
            TestNamespace.class,
            OperatorUnderTest.class,
            OperatorInProcess.class,
            OperatorProcess.class,
            Replicas.class,
            Audit.class,
            Remote.class,
            Verdicts.class);

    /** What lives as long as a test. */
    private record Lease(TestNamespaces namespaces, TestNamespace namespace) implements AutoCloseable {

        @Override
        public void close() {
            namespaces.leave(namespace);
        }
    }

    /** The clusters beside the main one, which live as long as a class. */
    private record Others(Session session) implements AutoCloseable {

        @Override
        public void close() {
            session.stopOthers();
        }
    }

    /** A class that prepares something for all of its tests must not begin with it in vain. */
    @Override
    public void beforeAll(ExtensionContext context) {
        var asked = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), BulkheadTest.class);
        var session = session(context);
        asked.map(BulkheadTest::needs)
                .filter(needs -> session.main().node().compareTo(needs) > 0)
                .ifPresent(needs -> missing(
                        session,
                        "this test needs pods that are %s, and this is %s"
                                .formatted(needs, session.main().description())));
        asked.filter(BulkheadTest::databases)
                .flatMap(_ -> session.withoutDatabases())
                .ifPresent(why -> missing(session, why));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        view(context, session(context).main()).forget();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var session = session(context);
        var cluster = parameter
                .findAnnotation(Another.class)
                .map(another -> another(context, another))
                .orElseGet(session::main);
        var type = parameter.getParameter().getType();
        if (type == KubeCluster.class) {
            return cluster;
        } else if (type == TestCluster.class) {
            return view(context, cluster);
        } else if (type == KubernetesClient.class) {
            return session.client(cluster);
        } else if (type == TestNamespace.class) {
            return namespace(context, cluster);
        } else if (type == Verdicts.class) {
            return session.verdicts();
        } else if (type == Audit.class) {
            return audit(context, cluster);
        } else if (type == Remote.class) {
            return remote(parameter, context, cluster);
        } else if (type == OperatorProcess.class) {
            return process(context, cluster);
        } else if (type == Replicas.class) {
            return replicas(context, cluster);
        } else {
            return inProcess(context, cluster);
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> report(context, failure));
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        report(context, failure);
        throw failure;
    }

    private void report(ExtensionContext context, Throwable failure) {
        if (failure instanceof TestAbortedException) {
            return;
        }
        var session = session(context);
        // A test may also have made an operator by itself: what is no process of its own speaks in this one.
        var log = operator(context).map(OperatorUnderTest::lastLog).orElseGet(session::log);
        System.err.println(new FailureReport(view(context, session.main()), log).write(context.getDisplayName()));
    }

    private static void missing(Session session, String what) {
        if (session.onCi()) {
            throw new IllegalStateException("CI=true forbids to skip: " + what);
        }
        abort(what);
    }

    private static Session session(ExtensionContext context) {
        // Maven hands its forks one class at a time, each an execution with a root of its own.
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(Session.class, _ -> Session.ofThisProcess(), Session.class);
    }

    private static KubeCluster another(ExtensionContext context, Another another) {
        // Asked for first, and so closed after what uses it.
        return ofClass(context)
                .computeIfAbsent(Others.class, _ -> new Others(session(context)), Others.class)
                .session()
                .another(another.value(), another.node());
    }

    private static TestCluster view(ExtensionContext context, KubeCluster cluster) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(cluster.name(), _ -> session(context).view(cluster), TestCluster.class);
    }

    private static TestNamespace namespace(ExtensionContext context, KubeCluster cluster) {
        var namespaces = ofClass(context)
                .computeIfAbsent(
                        TestNamespaces.class,
                        _ -> new TestNamespaces(session(context).view(cluster)),
                        TestNamespaces.class);
        return context.getStore(NAMESPACE)
                .computeIfAbsent(Lease.class, _ -> new Lease(namespaces, namespaces.create()), Lease.class)
                .namespace();
    }

    private static Audit audit(ExtensionContext context, KubeCluster cluster) {
        if (cluster.auditLog().isEmpty()) {
            missing(
                    session(context),
                    "this test reads the API server's audit log, and %s shows none".formatted(cluster.description()));
        }
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        "audit of " + cluster.name(),
                        _ -> new Audit(cluster.auditLog().orElseThrow()),
                        Audit.class);
    }

    /** The hub is always the main cluster. It leaves the hub after the class, so another class may join it again. */
    private static Remote remote(ParameterContext parameter, ExtensionContext context, KubeCluster cluster) {
        var name = parameter
                .findAnnotation(Another.class)
                .map(Another::value)
                .orElseThrow(
                        () -> new ExtensionConfigurationException("say which cluster: @Another(\"staging\") Remote"));
        var session = session(context);
        return ofClass(context)
                .computeIfAbsent(
                        "remote " + name,
                        _ -> new Remote(name, session.view(cluster), session.view(session.main())),
                        Remote.class);
    }

    /** One operator for a class: two on one cluster would fight. */
    private static Store ofClass(ExtensionContext context) {
        var ofClass = context.getTestMethod().isPresent() ? context.getParent().orElseThrow() : context;
        return ofClass.getStore(NAMESPACE);
    }

    private static Optional<OperatorUnderTest> operator(ExtensionContext context) {
        return Optional.ofNullable(ofClass(context).get(OperatorUnderTest.class, OperatorUnderTest.class));
    }

    private static OperatorUnderTest inProcess(ExtensionContext context, KubeCluster cluster) {
        return started(context, new OperatorInProcess(cluster));
    }

    private static OperatorUnderTest process(ExtensionContext context, KubeCluster cluster) {
        var tree = session(context).tree();
        var log = tree.resolve(
                Path.of("target", "it-logs", context.getRequiredTestClass().getSimpleName() + ".log"));
        return started(context, new OperatorProcess(tree, cluster, log, Map.of("QUARKUS_HTTP_PORT", "0")));
    }

    private static Replicas replicas(ExtensionContext context, KubeCluster cluster) {
        var tree = session(context).tree();
        var logs = tree.resolve(
                Path.of("target", "it-logs", context.getRequiredTestClass().getSimpleName()));
        return ofClass(context).computeIfAbsent(Replicas.class, _ -> new Replicas(tree, cluster, logs), Replicas.class);
    }

    private static OperatorUnderTest started(ExtensionContext context, OperatorUnderTest wanted) {
        var operator = ofClass(context).computeIfAbsent(OperatorUnderTest.class, _ -> wanted, OperatorUnderTest.class);
        if (operator.getClass() != wanted.getClass()) {
            throw new ExtensionConfigurationException(
                    "%s asks for the operator in process and as a process: use one of them in a class"
                            .formatted(context.getRequiredTestClass().getName()));
        }
        operator.start();
        return operator;
    }
}
