/**
 * Data contracts of the Open Data Contract Standard as checks; read {@link
 * dev.quern.contract.Contract} and {@link dev.quern.contract.ContractReader} first.
 */
@NullMarked
package dev.quern.contract;

import org.jspecify.annotations.NullMarked;
