/** Texts with values of secrets in them. They name entries, addresses and ports; they can read, ask and compute nothing. */
@NullMarked
package dev.bulkhead.secrets.template;

import org.jspecify.annotations.NullMarked;
