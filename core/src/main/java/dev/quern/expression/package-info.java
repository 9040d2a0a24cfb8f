/**
 * A small typed language in SQL's words with three-valued nulls, evaluated by column; read {@link
 * dev.quern.expression.Expression}, {@link dev.quern.expression.BoundExpression} and {@link
 * dev.quern.expression.ExpressionFunction} first.
 */
@NullMarked
package dev.quern.expression;

import org.jspecify.annotations.NullMarked;
