package org.apache.hadoop.mapreduce;

/**
 * Empty stand-in for Hadoop's record reader, the superclass of Parquet's.
 *
 * @param <K> key type of Hadoop's reader
 * @param <V> value type of Hadoop's reader
 */
public abstract class RecordReader<K, V> {}
