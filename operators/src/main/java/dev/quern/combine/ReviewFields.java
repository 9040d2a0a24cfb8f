package dev.quern.combine;

import dev.quern.data.Batch;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.format.json.Json;
import dev.quern.operator.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a review tells its sample and its labels.
 *
 * @param sample the id itself, or a task's data
 * @param labels the label itself, or a task's annotations
 * @param nested whether these are JSON of a task
 */
record ReviewFields(int sample, int labels, boolean nested) {

  /**
   * Finds the fields.
   *
   * @throws BindException if there are neither those of tasks nor those of plain reviews
   */
  static ReviewFields of(Schema reviews) {
    if (isText(reviews, "data") && isText(reviews, "annotations")) {
      return new ReviewFields(reviews.indexOf("data"), reviews.indexOf("annotations"), true);
    }
    if (isText(reviews, "sample_id") && isText(reviews, "label")) {
      return new ReviewFields(reviews.indexOf("sample_id"), reviews.indexOf("label"), false);
    }
    throw new BindException(
        "",
        "must have reviews with the text fields data and annotations (read them with"
            + " acquire.label_studio), or sample_id and label, as second input; found: "
            + String.join(", ", reviews.names()));
  }

  private static boolean isText(Schema reviews, String name) {
    return reviews.field(name).map(field -> field.type().equals(Type.TEXT)).orElse(false);
  }

  /** Puts the id of the reviewed sample into {@code id} and returns whether there is one. */
  boolean sampleId(Batch batch, int row, long[] id) {
    if (batch.column(sample).isNull(row)) {
      return false;
    }
    try {
      String written = batch.column(sample).textAt(row);
      if (nested) {
        written = String.valueOf(Json.parseObject(written).get("sample_id"));
      }
      SampleId found = SampleId.parse(written);
      id[0] = found.high();
      id[1] = found.low();
      return true;
    } catch (IllegalArgumentException e) {
      return false; // Told when the review is read.
    }
  }

  /** Returns the labels that a review gives, none where it decided nothing; empty if unreadable. */
  Optional<List<String>> labels(Batch batch, int row) {
    if (!sampleId(batch, row, new long[2])) {
      return Optional.empty();
    }
    if (batch.column(labels).isNull(row)) {
      return Optional.of(List.of());
    }
    String written = batch.column(labels).textAt(row);
    if (!nested) {
      return Optional.of(List.of(written));
    }
    try {
      List<String> given = new ArrayList<>();
      for (Object annotation : Json.list(Json.parse(written))) {
        Map<String, @Nullable Object> one = Json.object(annotation);
        if (!Boolean.TRUE.equals(one.get("was_cancelled"))) {
          choice(one).ifPresent(given::add);
        }
      }
      return Optional.of(given);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the only choice of an annotation. */
  private static Optional<String> choice(Map<String, @Nullable Object> annotation) {
    List<String> choices = new ArrayList<>();
    if (annotation.get("result") instanceof List<?> results) {
      for (Object result : results) {
        Object value = Json.object(result).get("value");
        if (value instanceof Map<?, ?> map && map.get("choices") instanceof List<?> chosen) {
          chosen.forEach(one -> choices.add(String.valueOf(one)));
        }
      }
    }
    return choices.size() == 1 ? Optional.of(choices.get(0)) : Optional.empty();
  }
}
