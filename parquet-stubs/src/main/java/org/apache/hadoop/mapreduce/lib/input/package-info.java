/**
 * Empty stand-ins for the types of Hadoop's {@code mapreduce.lib.input} that Parquet loads by name.
 */
package org.apache.hadoop.mapreduce.lib.input;
