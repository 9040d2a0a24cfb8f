/**
 * Checks held against what another tool says of the same data; read {@link
 * dev.quern.testkit.conformance.GreatExpectationsTest} and then {@link
 * dev.quern.testkit.conformance.Translations}.
 */
@NullMarked
package dev.quern.testkit.conformance;

import org.jspecify.annotations.NullMarked;
