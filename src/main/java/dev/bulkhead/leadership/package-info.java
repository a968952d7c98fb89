/** Which of several replicas works, and until when it may write. */
package dev.bulkhead.leadership;
