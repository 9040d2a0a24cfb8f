/**
 * Empty stand-ins for the types of Hadoop's {@code io.compress.zlib} that Parquet loads by name.
 */
package org.apache.hadoop.io.compress.zlib;
