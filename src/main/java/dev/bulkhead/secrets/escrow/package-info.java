/** A copy of all vaults, sealed, to be kept off the cluster. */
package dev.bulkhead.secrets.escrow;
