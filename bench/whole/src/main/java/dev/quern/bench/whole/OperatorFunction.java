package dev.quern.bench.whole;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.RunContext;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.operator.StepRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunction;
import org.duckdb.DuckDBWritableVector;

/** One of Quern's mappers as a scalar function of DuckDB, vector by vector: text in, value out. */
final class OperatorFunction implements DuckDBScalarFunction {
  private static final Schema TEXT = new Schema(java.util.List.of(Field.of("text", Type.TEXT)));

  private final Mapper mapper;
  private final Schema output;
  private final ThreadLocal<Mapping> mappings;

  /** Makes a function of {@code operator}, whose last field of output is the value. */
  OperatorFunction(Registry registry, String operator, Map<String, Object> parameters) {
    OperatorSpec spec = registry.find(operator).orElseThrow();
    Params params = Params.read(spec.params(), parameters, new ArrayList<>()).orElseThrow();
    mapper = (Mapper) spec.create().apply(params);
    output = mapper.output(TEXT);
    StepRun step = new StepRun(operator, new RunContext(0), Secrets.NONE);
    mappings = ThreadLocal.withInitial(() -> mapper.bind(TEXT, output, step));
  }

  @Override
  public void apply(DuckDBDataChunkReader input, DuckDBWritableVector out) {
    DuckDBReadableVector texts = input.vector(0);
    int rows = (int) input.rowCount();
    BatchBuilder builder = new BatchBuilder(TEXT);
    ColumnBuilder column = builder.column(0);
    for (int row = 0; row < rows; row++) {
      if (texts.isNull(row)) {
        column.appendNull();
      } else {
        byte[] utf8 = texts.getString(row).getBytes(StandardCharsets.UTF_8);
        column.appendSlice(utf8, 0, utf8.length);
      }
      builder.keys().append(0, 0, 0, row, 0, (byte) 0);
    }
    mappings.get().map(builder.build(), new Into(out));
  }

  /** Writes the last column of what is kept. */
  private record Into(DuckDBWritableVector out) implements Outcome {
    @Override
    public void keep(Batch batch) {
      int last = batch.schema().size() - 1;
      if (batch.schema().field(last).type().equals(Type.LONG)) {
        for (int i = 0; i < batch.count(); i++) {
          int row = batch.row(i);
          if (batch.column(last).isNull(row)) {
            out.setNull(i);
          } else {
            out.setLong(i, batch.column(last).longAt(row));
          }
        }
        return;
      }
      byte[][] values = new byte[batch.count()][];
      Slice slice = new Slice();
      for (int i = 0; i < values.length; i++) {
        if (!batch.column(last).isNull(batch.row(i))) {
          batch.column(last).sliceAt(batch.row(i), slice);
          values[i] = Arrays.copyOfRange(slice.bytes, slice.start, slice.end);
        }
      }
      out.setStringUtf8Batch(0, values);
    }

    @Override
    public void created(long samples) {}

    @Override
    public void merged(long samples) {}

    @Override
    public void drop(Batch batch, int row, String reason, double measured) {
      throw new IllegalStateException("a mapper must keep every sample");
    }

    @Override
    public void quarantine(Batch batch, int row, String field, Fault fault) {
      throw new IllegalStateException("a text must be processed; found: " + fault.rule());
    }

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {
      throw new IllegalStateException("a text must be processed; found: " + fault.rule());
    }
  }
}
