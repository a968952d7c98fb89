/** How another cluster is reached: what of a kubeconfig is taken, and what never is. */
package dev.bulkhead.cluster.kubeconfig;
