/** Deequ measures what Quern measures, for a comparison of whole processes. */
package dev.quern.bench.deequ;
