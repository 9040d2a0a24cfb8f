/**
 * The Spark engine: tasks of a stage become tasks of Spark, what must meet goes through Spark's
 * shuffle; read {@link dev.quern.spark.SparkEngine}, {@link dev.quern.spark.SparkWorkers} and
 * {@link dev.quern.spark.StageTasks} first.
 */
@NullMarked
package dev.quern.spark;

import org.jspecify.annotations.NullMarked;
