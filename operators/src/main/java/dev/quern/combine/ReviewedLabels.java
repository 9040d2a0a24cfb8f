package dev.quern.combine;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The reviews of one sample and what they decide. */
final class ReviewedLabels {
  private final ReviewFields fields;
  private final List<Held> held = new ArrayList<>();

  private record Held(Batch batch, int row) {}

  ReviewedLabels(ReviewFields fields) {
    this.fields = fields;
  }

  void begin() {
    held.clear();
  }

  void add(Batch batch, int row) {
    held.add(new Held(batch, row));
  }

  /** Appends the sample in physical row {@code row} with the label that its reviews decide. */
  void decide(Batch batch, int row, int label, BatchBuilder kept, Outcome out) {
    Column given = batch.column(label);
    Map<String, Integer> votes = new TreeMap<>();
    int all = 0;
    for (Held review : held) {
      Optional<List<String>> labels = fields.labels(review.batch(), review.row());
      if (labels.isEmpty()) {
        quarantine(review, out, "malformed_review", "a review with a sample id and labels");
      } else if (!labels.get().stream().allMatch(one -> fits(one, given.type()))) {
        quarantine(review, out, "not_a_label", given.type().toString());
      } else {
        labels.get().forEach(one -> votes.merge(one, 1, Integer::sum));
        all += labels.get().size();
        out.merged(1);
      }
    }
    held.clear();
    Optional<String> decided = decided(votes);
    kept.keys().append(batch.keys(), row);
    int own = batch.schema().size();
    int reviewed = kept.schema().indexOf(Review.REVIEWED);
    for (int i = 0; i < own; i++) {
      if (i == reviewed) {
        continue;
      }
      if (i == label && decided.isPresent()) {
        Object value = value(decided.get(), given.type());
        if (!value.equals(given.valueAt(row))) {
          double sure = (double) votes.getOrDefault(decided.get(), 0) / all;
          out.change(batch, row, batch.schema().field(i).name(), "review", sure, value);
        }
        kept.column(i).appendValue(value);
      } else {
        kept.column(i).append(batch.column(i), row);
      }
    }
    if (decided.isPresent()) {
      kept.column(reviewed).appendBool(true);
    } else if (reviewed < own) {
      kept.column(reviewed).append(batch.column(reviewed), row);
    } else {
      kept.column(reviewed).appendNull();
    }
  }

  /** Sets reviews aside whose sample did not come. */
  void leave(Outcome out) {
    for (Held review : held) {
      boolean readable = fields.labels(review.batch(), review.row()).isPresent();
      quarantine(
          review,
          out,
          readable ? "no_such_sample" : "malformed_review",
          readable ? "of a sample that is there" : "a review with a sample id and labels");
    }
    held.clear();
  }

  private static void quarantine(Held review, Outcome out, String rule, String expected) {
    out.quarantine(review.batch(), review.row(), "", Fault.of(rule, expected));
  }

  /** Returns the label that most gave; none for a tie. */
  private static Optional<String> decided(Map<String, Integer> votes) {
    int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<String> leaders =
        votes.entrySet().stream()
            .filter(entry -> entry.getValue() == most)
            .map(Map.Entry::getKey)
            .toList();
    return leaders.size() == 1 ? Optional.of(leaders.get(0)) : Optional.empty();
  }

  private static boolean fits(String label, Type type) {
    return switch (type.kind()) {
      case LONG -> label.matches("-?[0-9]{1,18}");
      case BOOL -> label.equals("true") || label.equals("false");
      default -> true;
    };
  }

  private static Object value(String label, Type type) {
    return switch (type.kind()) {
      case LONG -> Long.valueOf(label);
      case BOOL -> Boolean.valueOf(label);
      default -> label;
    };
  }
}
