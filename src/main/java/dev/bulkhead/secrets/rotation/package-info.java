/**
 * How a secret gets from one version to the next without anybody noticing. Pure: what is there and what time it is come
 * in, what to do next comes out. Knows no client, and never sees a value.
 */
package dev.bulkhead.secrets.rotation;
