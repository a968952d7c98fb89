/**
 * The trust anchor and the issuer of a cluster's Linkerd: two entries that are kept as the secrets of an environment are,
 * and published where Linkerd reads them.
 */
package dev.bulkhead.mesh;
