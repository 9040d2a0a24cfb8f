/**
 * Parquet files without Hadoop, read and written by column; read {@link
 * dev.quern.format.parquet.ParquetWriting}, {@link dev.quern.format.parquet.ParquetReading} and
 * {@link dev.quern.format.parquet.ParquetTypes} first.
 */
@NullMarked
package dev.quern.format.parquet;

import org.jspecify.annotations.NullMarked;
