/** Where the versions of secrets and the journals of their rotations are kept: in the hub, where nobody else is bound. */
package dev.bulkhead.secrets.vault;
