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
    boolean all = analyzer.where().isEmpty();
    return new Folding() {
      @Override
      public Accumulator<?> zero() {
        A zero = analyzer.zero(input, step);
        return all ? zero : new Restricted<>(zero, condition());
      }

      @Override
      public Accumulator<?> read(DataInput in) throws IOException {
        A read = analyzer.read(in, input, step);
        return all ? read : new Restricted<>(read, condition());
      }

      private BoundExpression condition() {
        return bind(analyzer.where().orElseThrow(), input);
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
