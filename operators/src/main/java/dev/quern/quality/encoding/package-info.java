/**
 * Texts damaged on their way: {@link dev.quern.quality.encoding.Mojibake} reads what was decoded by
 * the wrong encoding, {@link dev.quern.quality.encoding.Entities} what was escaped for HTML.
 */
@NullMarked
package dev.quern.quality.encoding;

import org.jspecify.annotations.NullMarked;
