package dev.quern.run;

import dev.quern.format.json.Json;
import dev.quern.operator.Fit;
import dev.quern.store.Manifest;
import dev.quern.store.StoredFits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What steps have told of the anonymity of samples before and after them ({@code anonymisation} of
 * their fit): levels, losses and risks, never a value.
 */
final class Anonymisations {
  private final Plan plan;
  private final StoredFits fits;

  Anonymisations(Plan plan, StoredFits fits) {
    this.plan = plan;
    this.fits = fits;
  }

  /**
   * Returns one entry for each such fit that has been computed, with what the step costs the model.
   *
   * @param metrics those of the model that was published, none if there is none
   */
  List<Object> plain(Optional<Manifest> version, List<Map<String, @Nullable Object>> metrics)
      throws IOException {
    AccuracyCosts costs = new AccuracyCosts(plan, fits);
    List<Object> all = new ArrayList<>();
    for (Plan.Point point : plan.points()) {
      if (point instanceof Plan.Point.Fitting fitting) {
        Optional<Object> told =
            fits.find(fitting.key())
                .map(Manifest.Learnt::fit)
                .map(Fit::values)
                .map(values -> values.get("anonymisation"));
        if (told.isPresent()) {
          Map<String, @Nullable Object> one = new LinkedHashMap<>();
          one.put("step", fitting.step());
          one.putAll(Json.object(told.get()));
          if (version.isPresent()) {
            costs
                .of(fitting.step(), metrics, version.get())
                .ifPresent(cost -> one.put("model", cost));
          }
          new Answers(plan, fits)
              .of(fitting.step())
              .ifPresent(found -> one.put("prediction", found));
          all.add(one);
        }
      }
    }
    return all;
  }
}
