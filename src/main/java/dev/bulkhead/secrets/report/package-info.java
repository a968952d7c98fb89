/** What is said of rotations to people, and what people ask of them by Operations. Pure, but for the meters. */
package dev.bulkhead.secrets.report;
