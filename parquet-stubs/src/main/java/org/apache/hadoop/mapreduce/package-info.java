/** Empty stand-ins for the types of Hadoop's {@code mapreduce} that Parquet loads by name. */
package org.apache.hadoop.mapreduce;
