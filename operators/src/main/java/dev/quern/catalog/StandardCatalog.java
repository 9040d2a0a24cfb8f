package dev.quern.catalog;

import dev.quern.acquire.Acquire;
import dev.quern.combine.Combine;
import dev.quern.diversity.Diversity;
import dev.quern.export.Export;
import dev.quern.operator.Catalog;
import dev.quern.operator.OperatorSpec;
import dev.quern.privacy.Privacy;
import dev.quern.quality.Quality;
import java.util.ArrayList;
import java.util.List;

/** The operators of this module, stage by stage. */
public final class StandardCatalog implements Catalog {

  @Override
  public List<OperatorSpec> operators() {
    List<OperatorSpec> all = new ArrayList<>();
    all.addAll(Acquire.OPERATORS);
    all.addAll(Export.OPERATORS);
    all.addAll(Quality.OPERATORS);
    all.addAll(Privacy.OPERATORS);
    all.addAll(Diversity.OPERATORS);
    all.addAll(Combine.OPERATORS);
    return all;
  }
}
