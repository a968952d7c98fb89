/** X.509: keys, certificates and what they are kept in. Keys by the JDK, certificates by BouncyCastle. */
@NullMarked
package dev.bulkhead.secrets.pki;

import org.jspecify.annotations.NullMarked;
