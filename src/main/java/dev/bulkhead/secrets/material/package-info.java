/** What the entries of a SecretScope are made of: which keys each has, and the bytes of a new version. No input or output. */
@NullMarked
package dev.bulkhead.secrets.material;

import org.jspecify.annotations.NullMarked;
