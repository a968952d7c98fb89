package dev.bulkhead.kube;

import java.util.List;

/** The operator, running against the shared cluster; stopped and started as a test likes. */
public sealed interface OperatorUnderTest extends AutoCloseable permits OperatorInProcess, OperatorProcess {

    /** Starts it if it isn't running. */
    void start();

    /** Stops it in order, as a rollout of the operator would. */
    void stop();

    boolean isRunning();

    /** The last lines that it logged, oldest first. */
    List<String> lastLog();

    @Override
    default void close() {
        stop();
    }
}
