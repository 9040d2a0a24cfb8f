package dev.quern.format.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.parquet.column.values.ValuesReader;

/** The bools of a page of runs. */
final class BoolRuns extends ValuesReader {
  private final HybridReader runs;

  BoolRuns(ByteBuffer runs) throws IOException {
    this.runs = new HybridReader(runs, 1, 1);
  }

  @Override
  public boolean readBoolean() {
    try {
      return runs.next() != 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void skip() {
    readBoolean();
  }
}
