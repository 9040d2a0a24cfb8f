/**
 * J1 as a Spark job of its own: {@link SparkJob} with functions of Spark, of {@link TextFunctions},
 * or Quern's operators in an {@link OperatorChain}.
 */
@NullMarked
package dev.quern.bench.spark;

import org.jspecify.annotations.NullMarked;
