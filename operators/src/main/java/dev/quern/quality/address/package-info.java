/**
 * Postal addresses: {@link dev.quern.quality.address.Address} is what is read, {@link
 * dev.quern.quality.address.ChineseAddress} and {@link dev.quern.quality.address.AmericanAddress}
 * read it.
 */
@NullMarked
package dev.quern.quality.address;

import org.jspecify.annotations.NullMarked;
