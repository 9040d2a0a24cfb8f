/** The trainers that come with Quern; read {@link dev.quern.catalog.ModelCatalog}. */
@NullMarked
package dev.quern.catalog;

import org.jspecify.annotations.NullMarked;
