package dev.quern.format.parquet;

import java.nio.file.Path;

/**
 * A Parquet file to read.
 *
 * @param name for messages, places and sample ids: relative to its source, never an absolute path
 * @param path where it lies
 * @param bytes size it had when it was found
 * @param modified time of last change it had when it was found, ms since the epoch; -1 if unknown
 */
public record ParquetInput(String name, Path path, long bytes, long modified) {}
