/**
 * Which samples a dataset is made of: splits and draws; read {@link dev.quern.diversity.Split} and
 * {@link dev.quern.diversity.Sample} first.
 */
@NullMarked
package dev.quern.diversity;

import org.jspecify.annotations.NullMarked;
