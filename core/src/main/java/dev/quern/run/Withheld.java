package dev.quern.run;

import dev.quern.format.json.Json;
import dev.quern.operator.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What reports and logs, which anybody may read, do not tell of encrypted fields: parts of their
 * metrics are named by their values, and so are details of models.
 *
 * @param fields that are encrypted; none where nothing is withheld
 */
record Withheld(List<String> fields) {

  /** Returns what may be told of {@code metrics}. */
  List<Metric> metrics(List<Metric> metrics) {
    return metrics.stream()
        .filter(metric -> metric.part().isEmpty() || metric.fields().stream().noneMatch(this::is))
        .toList();
  }

  private boolean is(String field) {
    return fields.contains(field);
  }

  /** Returns what may be told of the model with {@code card}. */
  Map<String, @Nullable Object> card(Map<String, @Nullable Object> card) {
    if (fields.isEmpty()) {
      return card;
    }
    Map<String, @Nullable Object> told = new LinkedHashMap<>(card);
    told.remove("details");
    List<@Nullable Object> metrics = new ArrayList<>();
    for (Object one : Json.list(card.get("metrics"))) {
      Map<String, @Nullable Object> metric = Json.object(one);
      boolean named =
          metric.get("part") != null
              && Json.list(metric.get("fields")).stream().anyMatch(fields::contains);
      if (!named) {
        metrics.add(metric);
      }
    }
    told.put("metrics", metrics);
    return told;
  }
}
