package dev.quern.predict;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.format.json.Json;
import dev.quern.operator.ServingStep;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rows that steps are tried on: for each field values of prepared samples, values that steps know
 * (their parameters and fits), edge cases and missing ones, mixed by hash. The target is missing.
 *
 * @param schema the fields
 * @param target the field that is missing
 * @param steps the steps to try
 * @param samples some prepared samples
 */
record ProbeRows(Schema schema, String target, List<ServingStep> steps, Batch samples) {
  private static final int ROWS = 256;
  private static final List<String> TEXTS = List.of("", " ", "?", "a", "A b", " a ", "1", "中文");
  private static final long[] LONGS = {0, 1, -1, 7, 1_000_000};
  private static final double[] DOUBLES = {0, 1, -1, 0.5, -2.25, 1e6, Double.NaN};

  Batch batch() {
    Set<String> known = new TreeSet<>(TEXTS);
    for (ServingStep step : steps) {
      collect(Json.parse(step.task().parameters()), known);
      step.fit().ifPresent(fit -> collect(fit.values(), known));
    }
    List<String> texts = new ArrayList<>(known);
    BatchBuilder builder = new BatchBuilder(schema);
    Hash128 hash = new Hash128();
    for (int row = 0; row < ROWS; row++) {
      builder.keys().append(0, row, 0, row, 0, (byte) 0);
      for (int c = 0; c < schema.size(); c++) {
        Field field = schema.field(c);
        long draw = hash.reset().putText(field.name()).putLong(row).finish().high() >>> 1;
        append(builder.column(c), field, draw, texts);
      }
    }
    return builder.build();
  }

  private void append(ColumnBuilder column, Field field, long draw, List<String> texts) {
    long rest = draw >>> 3;
    int kind = (int) (draw & 7);
    int same = samples.schema().indexOf(field.name());
    if (kind == 0 || field.name().equals(target)) {
      column.appendNull();
    } else if (kind > 3
        && same >= 0
        && samples.count() > 0
        && samples.schema().field(same).type().equals(field.type())) {
      column.append(samples.column(same), samples.row((int) (rest % samples.count())));
    } else {
      appendKnown(column, field, rest, texts);
    }
  }

  private static void appendKnown(
      ColumnBuilder column, Field field, long draw, List<String> texts) {
    switch (field.type().kind()) {
      case TEXT -> column.appendText(texts.get((int) (draw % texts.size())));
      case LONG, DATE -> column.appendLong(LONGS[(int) (draw % LONGS.length)]);
      case TIMESTAMP -> column.appendLong(LONGS[(int) (draw % LONGS.length)] * 1_000_000);
      case DOUBLE, FLOAT -> column.appendDouble(DOUBLES[(int) (draw % DOUBLES.length)]);
      case BOOL -> column.appendBool((draw & 1) == 0);
      case DECIMAL -> column.appendDecimal(BigDecimal.ZERO);
      case BYTES, LIST, STRUCT -> column.appendNull();
    }
  }

  private static void collect(@Nullable Object plain, Set<String> into) {
    if (plain instanceof String text) {
      into.add(text);
    } else if (plain instanceof Iterable<?> list) {
      list.forEach(part -> collect(part, into));
    } else if (plain instanceof java.util.Map<?, ?> map) {
      map.forEach(
          (name, part) -> {
            collect(name, into);
            collect(part, into);
          });
    }
  }
}
