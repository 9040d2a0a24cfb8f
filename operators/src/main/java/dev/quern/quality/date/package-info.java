/**
 * Written dates and times: {@link dev.quern.quality.date.DateText} reads one, {@link
 * dev.quern.quality.date.DateEvidence} learns the order of day and month of a field.
 */
@NullMarked
package dev.quern.quality.date;

import org.jspecify.annotations.NullMarked;
