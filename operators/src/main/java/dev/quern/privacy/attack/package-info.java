/**
 * What somebody finds out who attacks published data: counts of what falls, never values.
 *
 * <p>Read {@link dev.quern.privacy.attack.Linkage}, {@link dev.quern.privacy.attack.Dictionary},
 * {@link dev.quern.privacy.attack.JoinUniqueness}.
 */
@NullMarked
package dev.quern.privacy.attack;

import org.jspecify.annotations.NullMarked;
