/**
 * Recognisers of numbers of the countries of Europe; read {@link
 * dev.quern.privacy.recognise.eu.EuropeanPack} first.
 */
@NullMarked
package dev.quern.privacy.recognise.eu;

import org.jspecify.annotations.NullMarked;
