/**
 * Clusters for tests and for {@code make run}, and the JUnit extension that hands them out.
 *
 * <p>A test asks for what it needs by parameter type: {@link dev.bulkhead.kube.TestCluster}, {@link
 * dev.bulkhead.kube.TestNamespace}, {@link dev.bulkhead.kube.Audit}, {@link dev.bulkhead.kube.OperatorUnderTest} or a
 * plain {@code KubernetesClient}. Where the cluster comes from is decided in {@link dev.bulkhead.kube.ClusterSource}.
 */
package dev.bulkhead.kube;
