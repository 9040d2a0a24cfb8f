package dev.quern.catalog;

import dev.quern.acquire.Acquire;
import dev.quern.combine.Combine;
import dev.quern.diversity.Diversity;
import dev.quern.export.Export;
import dev.quern.operator.ClassCatalog;
import dev.quern.privacy.Privacy;
import dev.quern.quality.Quality;

/** The operators of this module, stage by stage. */
public final class StandardCatalog extends ClassCatalog {

  /** Makes the catalog. */
  public StandardCatalog() {
    super(
        Acquire.OPERATORS,
        Export.OPERATORS,
        Quality.OPERATORS,
        Privacy.OPERATORS,
        Diversity.OPERATORS,
        Combine.OPERATORS);
  }
}
