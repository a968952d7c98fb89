/** What a cluster offers beside its API server, told by as few questions as can be. */
package dev.bulkhead.cluster.capability;
