/**
 * Trainers: tables and texts into networks; read {@link dev.quern.train.Mlp}, {@link
 * dev.quern.train.Linear} and {@link dev.quern.train.NetworkTraining} first.
 */
@NullMarked
package dev.quern.train;

import org.jspecify.annotations.NullMarked;
