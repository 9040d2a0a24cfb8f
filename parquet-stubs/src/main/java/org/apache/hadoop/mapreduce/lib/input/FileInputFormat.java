package org.apache.hadoop.mapreduce.lib.input;

/**
 * Empty stand-in for Hadoop's file input format, the superclass of Parquet's.
 *
 * @param <K> key type of Hadoop's format
 * @param <V> value type of Hadoop's format
 */
public abstract class FileInputFormat<K, V> {}
