package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Folding;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * An analyzer over the samples that fulfil its condition alone. The written state is that of the
 * analyzer itself: what was left out has left no trace.
 */
public final class Restriction {
  /** The parameter of an analyzer whose component {@code where} restricts what it measures. */
  public static final Param<String> WHERE =
      Param.expression(
              "where",
              new Localized(
                  "Only samples for which this condition holds are measured.", "仅度量满足该条件的样本。"))
          .optional();

  private Restriction() {}

  /**
   * Checks that {@code analyzer} and its condition fit {@code input}.
   *
   * @throws BindException if one of them does not
   */
  public static void check(Analyzer<?> analyzer, Schema input) {
    analyzer.check(input);
    analyzer.where().ifPresent(condition -> bind(condition, input));
  }

  /** Returns the fold of {@code analyzer} over the samples it is restricted to. */
  public static <A extends Accumulator<A>> Folding folding(
      Analyzer<A> analyzer, Schema input, StepRun step) {
    Folding all =
        new Folding() {
          @Override
          public Accumulator<?> zero() {
            return analyzer.zero(input, step);
          }

          @Override
          public Accumulator<?> read(DataInput in) throws IOException {
            return analyzer.read(in, input, step);
          }
        };
    return folding(analyzer.where(), all, input);
  }

  /** Returns the fold {@code all} over the samples for which {@code where} holds. */
  static Folding folding(Optional<String> where, Folding all, Schema input) {
    if (where.isEmpty()) {
      return all;
    }
    return new Folding() {
      @Override
      public Accumulator<?> zero() {
        return restricted(all.zero());
      }

      @Override
      public Accumulator<?> read(DataInput in) throws IOException {
        return restricted(all.read(in));
      }

      @SuppressWarnings({"unchecked", "rawtypes"}) // An accumulator merges with its own kind.
      private Accumulator<?> restricted(Accumulator<?> of) {
        return new Restricted(of, bind(where.get(), input));
      }
    };
  }

  /** Returns what {@code accumulator}, made by such a fold, has collected. */
  public static Accumulator<?> collected(Accumulator<?> accumulator) {
    return accumulator instanceof Restricted<?> restricted ? restricted.all : accumulator;
  }

  private static BoundExpression bind(String condition, Schema input) {
    try {
      return Expression.parse(condition).bindCondition(input);
    } catch (ExpressionException e) {
      throw new BindException(WHERE.name(), String.valueOf(e.getMessage()));
    }
  }

  private static final class Restricted<A extends Accumulator<A>>
      implements Accumulator<Restricted<A>> {
    private final A all;
    private final BoundExpression condition;

    Restricted(A all, BoundExpression condition) {
      this.all = all;
      this.condition = condition;
    }

    @Override
    public void add(Batch batch) {
      int[] rows = new int[batch.count()];
      int count = condition.test(batch, rows);
      if (count > 0) {
        all.add(batch.select(rows, count));
      }
    }

    @Override
    public void merge(Restricted<A> other) {
      all.merge(other.all);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      all.write(out);
    }
  }
}
