/**
 * Functional dependencies: {@link dev.quern.quality.dependency.GroupValues} counts the values of
 * groups, {@link dev.quern.quality.dependency.RowSample} keeps rows for discovery.
 */
@NullMarked
package dev.quern.quality.dependency;

import org.jspecify.annotations.NullMarked;
