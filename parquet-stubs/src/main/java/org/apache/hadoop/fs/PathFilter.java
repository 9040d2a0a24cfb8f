package org.apache.hadoop.fs;

/**
 * Empty stand-in for Hadoop's path filter. Parquet's footer reader names it in a signature, so the
 * type must load; files opened through {@code LocalInputFile} never call it.
 */
public interface PathFilter {}
