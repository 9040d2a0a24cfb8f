package dev.quern.bench;

import dev.quern.acquire.Csv;
import dev.quern.acquire.Jsonl;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Files into batches, one thread: operations are passes over about 8 million characters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ReaderKernels {
  private Input csv;
  private Input jsonl;

  /** Writes the files. */
  @Setup
  public void files() throws IOException {
    csv = Input.of(Csv.SPEC, "table.csv", Input.table());
    jsonl = Input.of(Jsonl.SPEC, "docs.jsonl", Input.documents());
  }

  /** CSV of 8 columns, 8.4 MB. */
  @Benchmark
  public long csv(Blackhole hole) throws IOException {
    return csv.read(hole::consume);
  }

  /** JSON lines of documents, about 10 MB of UTF-8. */
  @Benchmark
  public long jsonl(Blackhole hole) throws IOException {
    return jsonl.read(hole::consume);
  }
}
