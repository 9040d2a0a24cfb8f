/**
 * What flows through Quern: typed samples stored by column; read {@link dev.quern.data.Schema},
 * {@link dev.quern.data.Batch} and {@link dev.quern.data.Sample} first.
 */
@NullMarked
package dev.quern.data;

import org.jspecify.annotations.NullMarked;
