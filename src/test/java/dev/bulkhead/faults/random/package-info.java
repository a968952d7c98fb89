/** What users may write and do, drawn at random: valid and invalid, in any order. */
package dev.bulkhead.faults.random;
