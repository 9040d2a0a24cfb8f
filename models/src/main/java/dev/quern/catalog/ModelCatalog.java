package dev.quern.catalog;

import dev.quern.operator.Catalog;
import dev.quern.operator.OperatorSpec;
import dev.quern.train.Linear;
import dev.quern.train.Mlp;
import java.util.List;

/** The operators of this module. */
public final class ModelCatalog implements Catalog {

  @Override
  public List<OperatorSpec> operators() {
    return List.of(Linear.SPEC, Mlp.SPEC);
  }
}
