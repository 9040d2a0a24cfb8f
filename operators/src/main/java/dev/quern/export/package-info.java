/**
 * Writers: samples to files for others, and to the shards of versions; read {@link
 * dev.quern.export.Export} and {@link dev.quern.export.Parquet} first.
 */
@NullMarked
package dev.quern.export;

import org.jspecify.annotations.NullMarked;
