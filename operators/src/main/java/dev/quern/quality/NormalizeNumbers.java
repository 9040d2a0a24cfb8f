package dev.quern.quality;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Localized;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.cell.CellMapping;
import dev.quern.quality.cell.CellReading;
import dev.quern.quality.cell.CellTarget;
import dev.quern.quality.cell.Otherwise;
import dev.quern.quality.number.DecimalSign;
import dev.quern.quality.number.NumberEvidence;
import dev.quern.quality.number.NumberText;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings written numbers to one form (see {@link NumberText} for what is read).
 *
 * <p>1,234 and 1.234 do not tell whether their separator parts thousands. With {@code decimal:
 * auto} it is learnt field by field from the texts that do, such as 1,5 or 1.234,50; where none
 * does, the point is the decimal sign. Where both signs occur, texts that stay open break {@code
 * ambiguous_separator}. Percent becomes a fraction: 12.5 % is 0.125.
 *
 * @param fields text fields to read
 * @param to type that comes out: double, decimal or text
 * @param decimal decimal sign; AUTO: learnt
 * @param currency whether a field NAME_currency is made beside each field
 * @param otherwise what happens to a text that is no number
 */
public record NormalizeNumbers(
    List<String> fields, Type to, Decimal decimal, CurrencyField currency, Otherwise otherwise)
    implements Fitter<ColumnStates> {

  /** The decimal sign. */
  public enum Decimal {
    AUTO,
    POINT,
    COMMA
  }

  /** What becomes of the currency. */
  public enum CurrencyField {
    DROP,
    FIELD
  }

  private static final String TO_RULE = "double, text or decimal(p,s)";

  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Text fields that hold numbers.", "含数字的文本字段。"))
          .where("a list of at least one field name", fields -> !fields.isEmpty());

  private static final Param<Type> TO =
      new Param<Type>(
              "to",
              Param.Kind.TEXT,
              "-",
              TO_RULE,
              new Localized(
                  "The type that comes out: double, text or decimal(p,s).",
                  "输出类型：double、text 或 decimal(p,s)。"),
              Param.Necessity.REQUIRED,
              null,
              NormalizeNumbers::type,
              Type::toString,
              Map.of("type", "string"))
          .or(Type.DOUBLE);

  private static final Param<Decimal> DECIMAL =
      Param.choice(
              "decimal",
              Decimal.class,
              new Localized(
                  "The decimal sign where a number does not tell it; auto learns it from the field.",
                  "数字本身不能说明时的小数符号；auto 从字段中学习。"))
          .or(Decimal.AUTO);

  private static final Param<CurrencyField> CURRENCY =
      Param.choice(
              "currency",
              CurrencyField.class,
              new Localized(
                  "field puts the code of the currency (ISO 4217) into a field NAME_currency.",
                  "field 把货币代码（ISO 4217）放入字段 NAME_currency。"))
          .or(CurrencyField.DROP);

  private static final Param<Otherwise> OTHERWISE = Otherwise.PARAM.or(Otherwise.QUARANTINE);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.normalize_numbers",
          new Localized("Brings written numbers to one form.", "把各种写法的数字统一为一种形式。"),
          "Currency codes: ISO 4217",
          1,
          Serving.HOST,
          List.of(FIELDS, TO, DECIMAL, CURRENCY, OTHERWISE),
          List.of(
              new Example(
                  "{fields: [x], currency: field}",
                  "[{\"x\": \"$1,234.50\"}, {\"x\": \"(7)\"}, {\"x\": \"3.5万元\"}, {\"x\":"
                      + " \"一万二千三百\"}, {\"x\": \"12.5%\"}, {\"x\": \"many\"}]",
                  "[{\"x\": 1234.5, \"x_currency\": \"USD\"}, {\"x\": -7.0, \"x_currency\": null},"
                      + " {\"x\": 35000.0, \"x_currency\": \"CNY\"}, {\"x\": 12300.0,"
                      + " \"x_currency\": null}, {\"x\": 0.125, \"x_currency\": null}]"),
              new Example(
                  "{fields: [x], to: text, otherwise: keep}",
                  "[{\"x\": \"1.234\"}, {\"x\": \"0,5\"}, {\"x\": \"12 000,75 €\"}, {\"x\": \"?\"}]",
                  "[{\"x\": \"1234\"}, {\"x\": \"0.5\"}, {\"x\": \"12000.75\"}, {\"x\": \"?\"}]")),
          NormalizeNumbers::create);

  private static Operator create(Params params) {
    Type to = params.get(TO);
    Otherwise otherwise = params.get(OTHERWISE);
    if (otherwise == Otherwise.KEEP && !to.equals(Type.TEXT)) {
      throw new IllegalArgumentException(
          "quality.normalize_numbers.otherwise must be missing or quarantine unless to: text,"
              + " because the field is no longer text; found: keep");
    }
    return new NormalizeNumbers(
        params.get(FIELDS), to, params.get(DECIMAL), params.get(CURRENCY), otherwise);
  }

  private static Type type(Object plain) {
    Type type = Type.parse(plain.toString());
    if (!type.equals(Type.DOUBLE) && !type.equals(Type.TEXT) && type.kind() != Type.Kind.DECIMAL) {
      throw new IllegalArgumentException(TO_RULE);
    }
    return type;
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    Set<String> read = new LinkedHashSet<>();
    for (String name : made) {
      String source =
          input.indexOf(name) < 0 && name.endsWith("_currency")
              ? name.substring(0, name.length() - "_currency".length())
              : name;
      read.add(source);
    }
    return read;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (int position : positions(input)) {
      output = output.with(input.field(position).typed(to));
    }
    if (currency == CurrencyField.FIELD) {
      for (int position : positions(input)) {
        Field made = currencyOf(input.field(position));
        if (output.indexOf(made.name()) >= 0) {
          throw new BindException(
              "currency", "must make fields that are not there; found: " + made.name());
        }
        output = output.with(made);
      }
    }
    return output;
  }

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    int[] positions = learnt(input);
    List<NumberEvidence> states = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      states.add(new NumberEvidence());
    }
    return new ColumnStates(positions, states);
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(in, learnt(input), (i, from) -> NumberEvidence.read(from));
  }

  @Override
  public Fit fit(ColumnStates state, Schema input) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int[] positions = learnt(input);
    for (int i = 0; i < positions.length; i++) {
      String name = input.field(positions[i]).name();
      state
          .state(NumberEvidence.class, i)
          .sign()
          .ifPresent(sign -> values.put(name, sign.name().toLowerCase(Locale.ROOT)));
    }
    return new Fit(values);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    List<CellTarget> targets = new ArrayList<>();
    for (int position : positions(input)) {
      Field field = input.field(position);
      Object learnt = decimal == Decimal.AUTO ? fit.values().get(field.name()) : decimal.name();
      DecimalSign sign =
          learnt == null ? null : DecimalSign.valueOf(learnt.toString().toUpperCase(Locale.ROOT));
      Field made = field.typed(to);
      targets.add(
          new CellTarget(
              position,
              new Reading(sign),
              currency == CurrencyField.FIELD ? List.of(made, currencyOf(field)) : List.of(made),
              "a number"));
    }
    return new CellMapping(targets, otherwise);
  }

  private static Field currencyOf(Field field) {
    return Field.of(field.name() + "_currency", Type.TEXT);
  }

  private int[] learnt(Schema input) {
    return decimal == Decimal.AUTO ? positions(input) : new int[0];
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT));
  }

  private static final class Reading implements CellReading {
    private final NumberText number = new NumberText();
    private final @Nullable DecimalSign sign;
    private boolean changed;

    Reading(@Nullable DecimalSign sign) {
      this.sign = sign;
    }

    @Override
    public @Nullable String read(Slice text, ColumnBuilder[] parts) {
      String rule = number.read(text, sign);
      changed = !number.isPlain();
      rule = rule == null ? append(text, number.value(), parts[0]) : rule;
      if (rule == null && parts.length > 1) {
        String currency = number.currency();
        if (currency == null) {
          parts[1].appendNull();
        } else {
          parts[1].appendText(currency);
        }
      }
      return rule;
    }

    private @Nullable String append(Slice text, BigDecimal value, ColumnBuilder into) {
      if (into.type() instanceof Type.Decimal type) {
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() > type.scale()
            || stripped.precision() - stripped.scale() > type.precision() - type.scale()) {
          return "too_many_digits";
        }
        into.appendDecimal(stripped);
        return null;
      }
      if (into.type().equals(Type.TEXT)) {
        byte[] plain = written(value).getBytes(StandardCharsets.UTF_8);
        into.appendSlice(plain, 0, plain.length);
        changed = !Arrays.equals(plain, 0, plain.length, text.bytes, text.start, text.end);
        return null;
      }
      double nearest = value.doubleValue();
      if (Double.isInfinite(nearest)) {
        return "out_of_range";
      }
      // A negative zero is none of a number's forms.
      into.appendDouble(nearest + 0.0);
      return null;
    }

    private static String written(BigDecimal value) {
      BigDecimal stripped = value.stripTrailingZeros();
      return Math.abs(stripped.scale()) > 40 ? stripped.toString() : stripped.toPlainString();
    }

    @Override
    public @Nullable String change() {
      return changed ? "number_form" : null;
    }
  }
}
