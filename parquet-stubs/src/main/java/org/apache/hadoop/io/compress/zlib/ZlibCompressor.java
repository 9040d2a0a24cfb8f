package org.apache.hadoop.io.compress.zlib;

/**
 * Empty stand-in for Hadoop's zlib binding. Only its nested enum is loaded, by Parquet's own codec
 * factory; Quern brings its own codecs.
 */
public final class ZlibCompressor {
  private ZlibCompressor() {}

  /** Levels of Hadoop's zlib; none is needed, because no codec of Hadoop is ever created. */
  public enum CompressionLevel {}
}
