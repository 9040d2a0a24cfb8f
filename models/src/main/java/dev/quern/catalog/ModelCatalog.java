package dev.quern.catalog;

import dev.quern.operator.ClassCatalog;
import dev.quern.train.Linear;
import dev.quern.train.Mlp;
import java.util.List;

/** The operators of this module. */
public final class ModelCatalog extends ClassCatalog {

  /** Makes the catalog. */
  public ModelCatalog() {
    super(List.of(Linear.class, Mlp.class));
  }
}
