package org.apache.hadoop.mapreduce;

/** Empty stand-in for Hadoop's job context, named in signatures of Parquet's input format. */
public interface JobContext {}
