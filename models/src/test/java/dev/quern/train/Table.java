package dev.quern.train;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Pass;
import dev.quern.format.json.Json;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Trainer;
import dev.quern.operator.Training;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Samples in memory, for trainers. */
public final class Table implements Training {
  private record Row(SampleId id, Split split, List<Object> values) {}

  private final Schema schema;
  private final String target;
  private final List<Row> rows = new ArrayList<>();
  private int threads = 1;

  public Table(String target, Field... fields) {
    this.schema = Schema.of(fields);
    this.target = target;
  }

  /** Adds a sample; values in the order of the fields, null for missing. */
  public Table add(Split split, Object... values) {
    SampleId id = SampleId.of("table", "0", rows.size(), 0);
    rows.add(new Row(id, split, Collections.unmodifiableList(java.util.Arrays.asList(values))));
    return this;
  }

  public Table threads(int count) {
    threads = count;
    return this;
  }

  /** The same samples stored in another order. */
  public Table shuffled(long seed) {
    Table other = new Table(target, schema.fields().toArray(Field[]::new));
    other.rows.addAll(rows);
    Collections.shuffle(other.rows, new Random(seed));
    return other;
  }

  /** A batch of the samples of {@code split}, without the target. */
  public Batch raw(Split split) {
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.removeIf(field -> field.name().equals(target));
    Schema inputs = new Schema(fields);
    BatchBuilder builder = new BatchBuilder(inputs);
    for (Row row : rows) {
      if (row.split() == split) {
        append(builder, row);
      }
    }
    return builder.build();
  }

  public List<Object> values(Split split, String field) {
    List<Object> values = new ArrayList<>();
    for (Row row : rows) {
      if (row.split() == split) {
        values.add(row.values().get(schema.indexOf(field)));
      }
    }
    return values;
  }

  private void append(BatchBuilder builder, Row row) {
    builder
        .keys()
        .append(row.id().high(), row.id().low(), 0, rows.indexOf(row), 0, row.split().code());
    for (int c = 0; c < builder.schema().size(); c++) {
      int position = schema.indexOf(builder.schema().field(c).name());
      append(builder.column(c), row.values().get(position));
    }
  }

  private static void append(ColumnBuilder column, Object value) {
    if (value == null) {
      column.appendNull();
    } else if (value instanceof String text) {
      column.appendText(text);
    } else if (value instanceof Boolean bool) {
      column.appendBool(bool);
    } else if (value instanceof Double number) {
      column.appendDouble(number);
    } else if (value instanceof java.math.BigDecimal decimal) {
      column.appendDecimal(decimal);
    } else {
      column.appendLong(((Number) value).longValue());
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public long seed() {
    return 42;
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public long samples(Split split) {
    return rows.stream().filter(row -> row.split() == split).count();
  }

  @Override
  public void read(Pass.BatchReceiver receiver) {
    BatchBuilder builder = new BatchBuilder(schema);
    int position = 0;
    for (Row row : rows) {
      builder.keys().append(row.id().high(), row.id().low(), 0, position++, 0, row.split().code());
      for (int c = 0; c < schema.size(); c++) {
        append(builder.column(c), row.values().get(c));
      }
      if (builder.isFull()) {
        receiver.receive(builder.build());
      }
    }
    receiver.receive(builder.build());
  }

  @Override
  public void progress(long done, long total, String metric) {}

  /** A trainer made as a recipe makes it. */
  public static Trainer trainer(OperatorSpec spec, String parameters) {
    List<Params.Problem> problems = new ArrayList<>();
    Params params =
        Params.read(spec.params(), Json.parseObject(parameters), problems)
            .orElseThrow(() -> new IllegalArgumentException(problems.toString()));
    return (Trainer) spec.create().apply(params);
  }

  /** Boxed values of a column. */
  public static List<Object> boxed(Batch batch, String field) {
    Column column = batch.column(batch.schema().indexOf(field));
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      values.add(column.valueAt(batch.row(i)));
    }
    return values;
  }

  /** All samples as one batch, positions in rank as numbered here. */
  public Batch all() {
    BatchBuilder builder = new BatchBuilder(schema);
    for (Row row : rows) {
      append(builder, row);
    }
    return builder.build();
  }

  /** A table of the samples of {@code batch}, whose positions are rows of this table. */
  public Table with(Batch batch) {
    Table other = new Table(target, batch.schema().fields().toArray(Field[]::new));
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      List<Object> values = new ArrayList<>();
      for (Column column : batch.columns()) {
        values.add(column.isNull(row) ? null : plain(column, row));
      }
      other.rows.add(new Row(batch.keys().id(row), batch.keys().split(row), values));
    }
    return other;
  }

  private static Object plain(Column column, int row) {
    return switch (column.type().kind()) {
      case LONG, TIMESTAMP, DATE -> column.longAt(row);
      default -> column.valueAt(row);
    };
  }
}
