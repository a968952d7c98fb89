/** SecretScope, and the Secrets of the hub that its entries come from. */
package dev.bulkhead.secrets;
