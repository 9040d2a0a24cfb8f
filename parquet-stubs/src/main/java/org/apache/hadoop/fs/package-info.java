/** Empty stand-ins for the types of Hadoop's {@code fs} that Parquet loads by name. */
package org.apache.hadoop.fs;
