/**
 * Recognisers of numbers of the countries of Asia beside mainland China; read {@link
 * dev.quern.privacy.recognise.asia.AsianPack} first.
 */
@NullMarked
package dev.quern.privacy.recognise.asia;

import org.jspecify.annotations.NullMarked;
