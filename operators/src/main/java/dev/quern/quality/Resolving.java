package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.label.DawidSkene;
import dev.quern.label.Probabilities;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Adds one label made of several, and its confidence. */
final class Resolving implements Mapping {
  private final int[] positions;
  private final Schema output;
  private final String into;
  private final Rule rule;

  Resolving(int[] positions, Schema output, String into, Rule rule) {
    this.positions = positions;
    this.output = output;
    this.into = into;
    this.rule = rule;
  }

  /** What came of the labels of a sample. */
  record Resolved(Optional<String> label, OptionalDouble confidence) {
    static final Resolved NONE = new Resolved(Optional.empty(), OptionalDouble.empty());
  }

  /** How one label is made. */
  interface Rule {
    Resolved of(List<Optional<String>> votes);
  }

  /** The most probable class. */
  record Posterior(DawidSkene model) implements Rule {
    @Override
    public Resolved of(List<Optional<String>> votes) {
      Optional<double[]> posterior = model.posterior(votes);
      if (posterior.isEmpty() || posterior.get().length == 0) {
        return Resolved.NONE;
      }
      int best = Probabilities.largest(posterior.get());
      return new Resolved(
          Optional.of(model.classes().get(best)), OptionalDouble.of(posterior.get()[best]));
    }
  }

  /** The label that most gave. */
  record Majority() implements Rule {
    @Override
    public Resolved of(List<Optional<String>> votes) {
      Map<String, Integer> counts = new TreeMap<>();
      votes.forEach(vote -> vote.ifPresent(label -> counts.merge(label, 1, Integer::sum)));
      int all = counts.values().stream().mapToInt(Integer::intValue).sum();
      if (all == 0) {
        return Resolved.NONE;
      }
      int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
      List<String> leaders =
          counts.entrySet().stream()
              .filter(entry -> entry.getValue() == most)
              .map(Map.Entry::getKey)
              .toList();
      Optional<String> label = leaders.size() == 1 ? Optional.of(leaders.get(0)) : Optional.empty();
      return new Resolved(label, OptionalDouble.of((double) most / all));
    }
  }

  @Override
  public void map(Batch batch, Outcome out) {
    ColumnBuilder labels = ColumnBuilder.of(output.field(into).orElseThrow().type());
    ColumnBuilder confidences = ColumnBuilder.of(Type.DOUBLE);
    int selected = 0;
    for (int row = 0; row < batch.rows(); row++) {
      boolean is = selected < batch.count() && batch.row(selected) == row;
      selected += is ? 1 : 0;
      Resolved resolved = is ? rule.of(AnnotatorVotes.votes(batch, row, positions)) : Resolved.NONE;
      if (resolved.label().isPresent()) {
        append(labels, resolved.label().get());
      } else {
        labels.appendNull();
      }
      if (resolved.confidence().isPresent()) {
        confidences.appendDouble(resolved.confidence().getAsDouble());
      } else {
        confidences.appendNull();
      }
    }
    out.keep(
        batch
            .with(output.field(into).orElseThrow(), labels.build())
            .with(output.field(into + "_confidence").orElseThrow(), confidences.build()));
  }

  private static void append(ColumnBuilder labels, String label) {
    if (labels.type().equals(Type.LONG)) {
      labels.appendLong(Long.parseLong(label));
    } else if (labels.type().equals(Type.BOOL)) {
      labels.appendBool(Boolean.parseBoolean(label));
    } else {
      labels.appendText(label);
    }
  }
}
