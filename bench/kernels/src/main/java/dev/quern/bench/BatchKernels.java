package dev.quern.bench;

import dev.quern.acquire.Csv;
import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Digest;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What is done to batches, one thread: operations are passes over the table of 8.4 MB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BatchKernels {
  private final List<Batch> batches = new ArrayList<>();
  private BoundExpression numbers;
  private BoundExpression condition;
  private BoundExpression texts;

  /** Reads the table. */
  @Setup
  public void table() throws IOException {
    Input.of(Csv.SPEC, "table.csv", Input.table()).read(batch -> batches.add(batch.compact()));
    var schema = batches.get(0).schema();
    numbers = Expression.parse("(a + b) * 2 - d / 3").bind(schema);
    condition = Expression.parse("c IS NOT NULL AND c >= 17 AND b < 90").bindCondition(schema);
    texts = Expression.parse("upper(city) || '-' || state").bind(schema);
  }

  private void evaluate(BoundExpression expression, Blackhole hole) {
    for (Batch batch : batches) {
      Column column = expression.evaluate(batch);
      hole.consume(column);
    }
  }

  /** Arithmetic of four numbers per sample. */
  @Benchmark
  public void arithmetic(Blackhole hole) {
    evaluate(numbers, hole);
  }

  /** A condition in three-valued logic. */
  @Benchmark
  public void condition(Blackhole hole) {
    for (Batch batch : batches) {
      int[] rows = new int[batch.count()];
      hole.consume(condition.test(batch, rows));
    }
  }

  /** Two short texts made one. */
  @Benchmark
  public void texts(Blackhole hole) {
    evaluate(texts, hole);
  }

  /** The logical digest of every sample. */
  @Benchmark
  public long digest() {
    Digest digest = new Digest();
    batches.forEach(digest::add);
    return digest.sum()[0];
  }
}
