/**
 * The contract of operators: what an author writes, how it is described, found and turned into code
 * for engines; read {@link dev.quern.operator.Operator}, {@link dev.quern.operator.OperatorSpec}
 * and {@link dev.quern.operator.Param} first.
 */
@NullMarked
package dev.quern.operator;

import org.jspecify.annotations.NullMarked;
