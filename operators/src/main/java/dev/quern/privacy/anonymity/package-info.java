/**
 * Anonymity of tables: how many samples share their quasi-identifiers, which generalisation makes
 * them share enough, and what that costs.
 *
 * <p>Read {@link dev.quern.privacy.anonymity.Combinations} (what is counted), {@link
 * dev.quern.privacy.anonymity.Hierarchy} (how values become coarser), {@link
 * dev.quern.privacy.anonymity.LatticeSearch} (which levels are chosen).
 */
@NullMarked
package dev.quern.privacy.anonymity;

import org.jspecify.annotations.NullMarked;
