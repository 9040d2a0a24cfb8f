/**
 * Check digits of numbers that people and things are known by, and dates in texts; read {@link
 * dev.quern.privacy.recognise.checksum.CheckDigits} first.
 */
@NullMarked
package dev.quern.privacy.recognise.checksum;

import org.jspecify.annotations.NullMarked;
