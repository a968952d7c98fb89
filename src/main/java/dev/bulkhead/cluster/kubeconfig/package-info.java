@org.jspecify.annotations.NullMarked
package dev.bulkhead.cluster.kubeconfig;
