/**
 * CSV after RFC 4180 and its usual violations; read {@link dev.quern.format.csv.CsvFormat} and
 * {@link dev.quern.format.csv.CsvScanner} first.
 */
@NullMarked
package dev.quern.format.csv;

import org.jspecify.annotations.NullMarked;
