/**
 * Values that stand for others: of the same type and format, the same for the same value under one
 * key. Read {@link dev.quern.privacy.surrogate.Surrogates}, then {@link
 * dev.quern.privacy.surrogate.KeyedDraws}.
 */
@NullMarked
package dev.quern.privacy.surrogate;

import org.jspecify.annotations.NullMarked;
