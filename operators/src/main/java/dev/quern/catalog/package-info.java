/** The operators that come with Quern; read {@link dev.quern.catalog.StandardCatalog}. */
@NullMarked
package dev.quern.catalog;

import org.jspecify.annotations.NullMarked;
