/**
 * Recognisers of numbers of the United States; read {@link
 * dev.quern.privacy.recognise.us.AmericanPack} first.
 */
@NullMarked
package dev.quern.privacy.recognise.us;

import org.jspecify.annotations.NullMarked;
