package dev.quern.format.parquet;

import dev.quern.engine.InputFile;

/**
 * A Parquet file to read.
 *
 * @param name for messages, places and sample ids: relative to its source, never an absolute path
 * @param path where it lies: a path of this machine, or an address of {@link
 *     dev.quern.format.source.RemoteFiles}
 * @param bytes size it had when it was found
 * @param modified time of last change it had when it was found, ms since the epoch; -1 if unknown
 */
public record ParquetInput(String name, String path, long bytes, long modified) {
  /** Returns the file as it was found. */
  InputFile file() {
    return new InputFile(name, path, bytes, modified);
  }
}
