package dev.quern.contract;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Hash128;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Suggests the rules of a contract: learns from one half of the samples, chosen by their ids, and
 * holds what it learnt against the other half. Sees the samples twice: {@link #learn}, then {@link
 * #validate}. Not safe for several threads.
 */
public final class Suggester {
  /** A rule that fewer held-out samples obey is not suggested. */
  private static final double LEAST_PRECISION = 0.9;

  /** Samples of each half that dependencies are looked for in. */
  private static final double SAMPLED = 20_000;

  private final Schema schema;
  private final long samples;
  private final double sampled;
  private final List<FieldLearner> learners = new ArrayList<>();
  private final List<Validation> validations = new ArrayList<>();
  private final Dependencies learnt;
  private final Dependencies heldOut;
  private Optional<CompositeKeys> keys = Optional.empty();
  private boolean learning = true;

  /** A candidate, and what the held-out samples say of it so far. */
  private static final class Validation {
    private final Candidate candidate;
    private final BoundExpression condition;
    private long right;
    private long asked;

    /** Samples of the half that was learnt from that do not obey what is true of most. */
    private long wrongThere;

    Validation(Candidate candidate, Schema schema) {
      this.candidate = candidate;
      this.condition = Expression.parse(candidate.condition()).bindCondition(schema);
    }
  }

  /** Makes a suggester for {@code samples} samples of {@code schema}. */
  public Suggester(Schema schema, long samples) {
    this.schema = schema;
    this.samples = samples;
    this.sampled = Math.min(1, 2 * SAMPLED / Math.max(1, samples));
    this.learnt = new Dependencies(schema);
    this.heldOut = new Dependencies(schema);
    schema.fields().forEach(field -> learners.add(new FieldLearner(field)));
  }

  /** Learns from the half of {@code batch} that is there to be learnt from. */
  public void learn(Batch batch) {
    Batch half = half(batch, 0, 1);
    for (int i = 0; i < learners.size(); i++) {
      if (schema.field(i).type().isScalar()) {
        learners.get(i).add(half, half.column(i));
      }
    }
    learnt.add(half(batch, 0, sampled));
  }

  /** Holds what was learnt against the other half of {@code batch}. */
  public void validate(Batch batch) {
    if (learning) {
      learning = false;
      keys = Optional.of(learnt.keys());
      for (FieldLearner learner : learners) {
        if (learner.field.type().isScalar()) {
          Candidates.of(learner).forEach(c -> validations.add(new Validation(c, schema)));
        }
      }
    }
    Batch half = half(batch, 1, 1);
    Batch other = half(batch, 0, 1);
    for (Validation validation : validations) {
      BoolColumn answers = (BoolColumn) validation.condition.evaluate(half);
      long right = count(answers, half, true);
      validation.right += right;
      validation.asked += right + count(answers, half, false);
      answers = (BoolColumn) validation.condition.evaluate(other);
      validation.wrongThere += count(answers, other, false);
    }
    for (int i = 0; i < learners.size(); i++) {
      FieldLearner learner = learners.get(i);
      if (mayBeKey(learner)) {
        // A value of one half that stands in the other too is no key: both count.
        learner.add(half, half.column(i));
      }
    }
    heldOut.add(half(batch, 1, sampled));
    keys.ifPresent(found -> found.add(batch));
  }

  private static long count(BoolColumn answers, Batch batch, boolean answer) {
    long count = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      count += !answers.isNull(row) && answers.boolAt(row) == answer ? 1 : 0;
    }
    return count;
  }

  private static boolean mayBeKey(FieldLearner learner) {
    Type.Kind kind = learner.field.type().kind();
    boolean fits = kind == Type.Kind.TEXT || kind == Type.Kind.LONG;
    return fits
        && learner.counts.total() >= 20
        && learner.counts.once() >= LEAST_PRECISION * learner.counts.total();
  }

  /** Returns what held, by field in the order of the schema. */
  public List<Suggestion> suggestions() {
    List<Suggestion> all = new ArrayList<>();
    for (Validation validation : validations) {
      Suggestion suggestion =
          validation.candidate.suggestion(
              validation.right,
              validation.asked,
              validation.wrongThere,
              Math.max(validation.asked, samples / 2));
      if (suggestion.precision() >= LEAST_PRECISION) {
        all.add(suggestion);
      }
    }
    for (FieldLearner learner : learners) {
      if (mayBeKey(learner) && learner.counts.once() == learner.counts.total()) {
        all.add(
            new Suggestion(
                List.of(learner.field.name()),
                "unique",
                Suggestion.Place.PROPERTY,
                Map.of("unique", true),
                learner.counts.once(),
                learner.counts.total()));
      }
    }
    keys.ifPresent(found -> all.addAll(found.suggestions()));
    all.addAll(learnt.heldAgainst(heldOut));
    all.add(rows());
    return all;
  }

  /** Half to double of what is there: no half can be held against a number of all. */
  private Suggestion rows() {
    List<Object> bounds = List.of(samples / 2, Math.max(1, 2 * samples));
    return new Suggestion(
        List.of(),
        "samples between " + bounds.get(0) + " and " + bounds.get(1),
        Suggestion.Place.SCHEMA,
        Candidate.map(
            "metric",
            "rowCount",
            "dimension",
            "coverage",
            "mustBeBetween",
            bounds,
            "severity",
            "warning"),
        0,
        0);
  }

  /** Returns the samples of one half, or of a part of it, chosen by their ids. */
  private static Batch half(Batch batch, int which, double part) {
    Keys keys = batch.keys();
    int[] rows = new int[batch.count()];
    int count = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long bits = Hash128.mix(keys.idHigh(row) ^ Hash128.mix(keys.idLow(row)));
      boolean mine = (bits & 1) == which;
      if (mine && (bits >>> 11) * 0x1.0p-53 < part) {
        rows[count++] = row;
      }
    }
    return batch.select(rows, count);
  }
}
