package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives fields other types. Texts are parsed as readers parse them; numbers are converted where no
 * value is lost; every type can become text. Missing stays missing.
 *
 * <p>A value that does not fit (rule {@code not_a_long}, {@code out_of_range} …) puts its sample
 * into quarantine, or becomes missing where {@code on_error: missing}.
 *
 * @param types new type by field
 * @param onError what happens to a value that does not fit
 */
public record Cast(Map<String, Type> types, OnError onError) implements Mapper {

  /** What happens to a value that does not fit its new type. */
  public enum OnError {
    /** The sample goes to quarantine. */
    QUARANTINE,
    /** The value becomes missing. */
    MISSING
  }

  private static final Param<Map<String, Type>> TYPES =
      Param.types(
          "types", Param.Kind.FIELD_MAP, new Localized("New type by field name.", "字段名到新类型的映射。"));

  private static final Param<OnError> ON_ERROR =
      Param.choice(
              "on_error",
              OnError.class,
              new Localized(
                  "What happens to a value that does not fit: its sample goes to quarantine, or the"
                      + " value becomes missing.",
                  "值不符合类型时：隔离样本，或令该值缺失。"))
          .or(OnError.QUARANTINE);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.cast",
          new Localized("Gives fields other types.", "转换字段类型。"),
          "definition",
          2,
          Serving.HOST,
          List.of(TYPES, ON_ERROR),
          List.of(
              new Example(
                  "{types: {age: long}}",
                  "[{\"age\": \"39\"}, {\"age\": \" 40 \"}, {\"age\": \"old\"}]",
                  "[{\"age\": 39}, {\"age\": 40}]"),
              new Example(
                  "{types: {x: double, n: text}, on_error: missing}",
                  "[{\"x\": \"1.5\", \"n\": 7}, {\"x\": \"many\", \"n\": 8}]",
                  "[{\"x\": 1.5, \"n\": \"7\"}, {\"x\": null, \"n\": \"8\"}]")),
          params -> new Cast(params.get(TYPES), params.get(ON_ERROR)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (Map.Entry<String, Type> entry : types.entrySet()) {
      Field field = input.field(FieldChoice.position(input, "types", entry.getKey()));
      if (!Conversion.exists(field.type(), entry.getValue())) {
        throw new BindException(
            "types",
            "must be types that values can take; found: "
                + entry.getValue()
                + " for "
                + field.name()
                + ", "
                + field.type());
      }
      output = output.with(field.typed(entry.getValue()));
    }
    return output;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    Map<Integer, Conversion> conversions = new LinkedHashMap<>();
    types.forEach(
        (name, type) -> {
          int position = input.indexOf(name);
          Type from = input.field(position).type();
          if (!from.equals(type)) {
            conversions.put(position, Conversion.of(from, type));
          }
        });
    return new Casting(output, conversions, onError);
  }

  private static final class Casting implements Mapping {
    private final Schema output;
    private final int[] positions;
    private final List<Conversion> conversions;
    private final OnError onError;
    private final Slice slice = new Slice();

    Casting(Schema output, Map<Integer, Conversion> conversions, OnError onError) {
      this.output = output;
      this.positions = conversions.keySet().stream().mapToInt(Integer::intValue).toArray();
      this.conversions = new ArrayList<>(conversions.values());
      this.onError = onError;
    }

    @Override
    public void map(Batch batch, Outcome out) {
      boolean[] lost = new boolean[batch.rows()];
      int left = batch.count();
      Batch cast = batch;
      for (int i = 0; i < positions.length; i++) {
        Column before = batch.column(positions[i]);
        Conversion conversion = conversions.get(i);
        conversion.begin(before);
        ColumnBuilder builder = ColumnBuilder.of(output.field(positions[i]).type());
        for (int row = 0; row < before.size(); row++) {
          @Nullable String rule = null;
          if (before.isNull(row)) {
            builder.appendNull();
          } else {
            rule = conversion.append(before, row, builder);
          }
          if (rule != null) {
            builder.appendNull();
            if (onError == OnError.QUARANTINE && !lost[row] && isSelected(batch, row)) {
              lost[row] = true;
              left--;
              out.quarantine(
                  batch, row, output.field(positions[i]).name(), fault(rule, before, row, builder));
            } else if (onError == OnError.MISSING && isSelected(batch, row)) {
              out.change(batch, row, output.field(positions[i]).name(), rule, 1, null);
            }
          }
        }
        cast = cast.with(output.field(positions[i]), builder.build());
      }
      out.keep(left == batch.count() ? cast : cast.select(rest(batch, lost, left), left));
    }

    private Fault fault(String rule, Column column, int row, ColumnBuilder builder) {
      String expected = builder.type().toString();
      return column.type().equals(Type.TEXT)
          ? Fault.of(rule, expected, column.sliceAt(row, slice))
          : Fault.of(rule, expected);
    }

    private static boolean isSelected(Batch batch, int row) {
      int low = 0;
      int high = batch.count() - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int found = batch.row(middle);
        if (found == row) {
          return true;
        }
        if (found < row) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return false;
    }

    private static int[] rest(Batch batch, boolean[] lost, int left) {
      int[] rows = new int[left];
      int size = 0;
      for (int i = 0; i < batch.count(); i++) {
        if (!lost[batch.row(i)]) {
          rows[size++] = batch.row(i);
        }
      }
      return rows;
    }
  }
}
