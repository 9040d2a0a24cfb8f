package dev.quern.combine;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.engine.Samples;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import dev.quern.operator.Step;
import dev.quern.operator.StepRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The samples of all inputs, one input after the other, under one schema: fields by name in the
 * order of their first occurrence, with the roles of all; a field that an input lacks is missing
 * there. Of different types: long, float and double become double (a long beyond 2^53 the nearest
 * double), date and timestamp become timestamp (midnight UTC); anything else is a mistake.
 */
public record Union() implements Mapper {
  /** Microseconds of a day. */
  private static final long DAY = 86_400_000_000L;

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "combine.union",
          new Localized("All samples of several inputs under one schema.", "合并多个输入的全部样本，按字段名统一模式。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(),
          List.of(
              new Example(
                  "{}",
                  "[[{\"a\": 1, \"b\": \"x\"}], [{\"a\": 2.5, \"c\": true}]]",
                  "[{\"a\": 1.0, \"b\": \"x\", \"c\": null}, {\"a\": 2.5, \"b\": null, \"c\":"
                      + " true}]")),
          params -> new Union());

  @Override
  public int inputs() {
    return 1000;
  }

  @Override
  public Schema output(Schema input) {
    return input;
  }

  @Override
  public Schema output(List<Schema> inputs) {
    Map<String, Field> common = new LinkedHashMap<>();
    for (Schema input : inputs) {
      for (Field field : input.fields()) {
        Field known = common.get(field.name());
        common.put(field.name(), known == null ? field : united(known, field));
      }
    }
    return new Schema(new ArrayList<>(common.values()));
  }

  @Override
  public Samples apply(List<Samples> inputs, Step step) {
    Schema common = output(inputs.stream().map(Samples::schema).toList());
    List<Samples> mapped = new ArrayList<>();
    for (Samples input : inputs) {
      mapped.add(input.schema().equals(common) ? input : input.map(step.task(), common));
    }
    return mapped.get(0).union(mapped.subList(1, mapped.size()));
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    return (batch, out) -> {
      List<Column> columns = new ArrayList<>(output.size());
      for (Field field : output.fields()) {
        int position = input.indexOf(field.name());
        columns.add(
            position < 0
                ? missing(field.type(), batch.rows())
                : widened(batch.column(position), field.type()));
      }
      out.keep(batch.with(output, columns));
    };
  }

  private static Field united(Field one, Field other) {
    Field united = one.typed(common(one, other));
    for (Role role : other.roles()) {
      united = united.with(role);
    }
    boolean sameMedia = one.mediaType().equals(other.mediaType());
    return sameMedia
        ? united
        : new Field(united.name(), united.type(), united.roles(), Optional.empty());
  }

  private static Type common(Field one, Field other) {
    Type a = one.type();
    Type b = other.type();
    if (a.equals(b)) {
      return a;
    }
    if (isPlainNumber(a) && isPlainNumber(b)) {
      return Type.DOUBLE;
    }
    if (isTime(a) && isTime(b)) {
      return Type.TIMESTAMP;
    }
    throw new BindException(
        "",
        "fields of one name must have types that unite; found: "
            + one.name()
            + ", "
            + a
            + " and "
            + b
            + "; use quality.cast or quality.rename in an input");
  }

  private static boolean isPlainNumber(Type type) {
    return type.isNumber() && type.kind() != Type.Kind.DECIMAL;
  }

  private static boolean isTime(Type type) {
    return type.kind() == Type.Kind.DATE || type.kind() == Type.Kind.TIMESTAMP;
  }

  private static Column missing(Type type, int rows) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (int row = 0; row < rows; row++) {
      builder.appendNull();
    }
    return builder.build();
  }

  private static Column widened(Column column, Type type) {
    if (column.type().equals(type)) {
      return column;
    }
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (int row = 0; row < column.size(); row++) {
      if (column.isNull(row)) {
        builder.appendNull();
      } else if (type.equals(Type.TIMESTAMP)) {
        builder.appendLong(Math.multiplyExact(column.longAt(row), DAY));
      } else {
        builder.appendDouble(column.doubleAt(row));
      }
    }
    return builder.build();
  }
}
