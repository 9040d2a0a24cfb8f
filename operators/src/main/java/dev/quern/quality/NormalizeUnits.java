package dev.quern.quality;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.cell.CellMapping;
import dev.quern.quality.cell.CellReading;
import dev.quern.quality.cell.CellTarget;
import dev.quern.quality.cell.Otherwise;
import dev.quern.quality.unit.KnownUnits;
import dev.quern.quality.unit.QuantityText;
import dev.quern.quality.unit.UnitEvidence;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns quantities with units into numbers of one unit: lengths, masses, volumes, temperatures,
 * times, areas and amounts of data, in units of the SI, the US and China (斤, 尺, 亩).
 *
 * <p>The unit is the declared one or, field by field, the one that occurs most. Values are
 * multiplied in decimal and rounded to 16 digits before they become doubles. A number without a
 * unit is taken to be in that unit (confidence 0.8) or breaks {@code no_unit}.
 *
 * @param fields text fields to read
 * @param unit symbol of the unit that comes out; absent: the one that occurs most
 * @param bare what numbers without a unit are
 * @param otherwise what happens to a text that is no such quantity
 */
public record NormalizeUnits(
    List<String> fields, Optional<String> unit, Bare bare, Otherwise otherwise)
    implements Fitter<ColumnStates> {

  /** What numbers without a unit are. */
  public enum Bare {
    /** In the unit that comes out. */
    ASSUME,
    /** No quantities. */
    REFUSE
  }

  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Text fields that hold quantities.", "含带单位数量的文本字段。"))
          .where("a list of at least one field name", fields -> !fields.isEmpty());

  private static final Param<String> UNIT =
      Param.text(
              "unit",
              new Localized(
                  "The unit that comes out, for example kg; by default the one that occurs most.",
                  "输出单位，例如 kg；默认为字段中最常见的单位。"))
          .where(
              // Not the list of all: programs that need no units would load the library of units.
              "a unit of length, mass, volume, temperature, time, area or data, such as km, oz, 斤",
              name -> KnownUnits.find(name).isPresent())
          .optional();

  private static final Param<Bare> BARE =
      Param.choice(
              "bare",
              Bare.class,
              new Localized(
                  "Numbers without a unit are assumed to be in the unit that comes out, or refused.",
                  "没有单位的数字：视为输出单位，或拒绝。"))
          .or(Bare.ASSUME);

  private static final Param<Otherwise> OTHERWISE =
      Otherwise.PARAM
          .where(
              "missing or quarantine, because the field becomes a number",
              otherwise -> otherwise != Otherwise.KEEP)
          .or(Otherwise.QUARANTINE);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.normalize_units",
          new Localized(
              "Turns quantities with units into numbers of one unit.", "把带单位的数量换算为同一单位的数字。"),
          "BIPM, The International System of Units; NIST SP 811",
          1,
          Serving.HOST,
          List.of(FIELDS, UNIT, BARE, OTHERWISE),
          List.of(
              new Example(
                  "{fields: [w], unit: kg}",
                  "[{\"w\": \"3斤2两\"}, {\"w\": \"250 g\"}, {\"w\": \"1.5公斤\"}, {\"w\": \"2\"},"
                      + " {\"w\": \"2 m\"}]",
                  "[{\"w\": 1.6}, {\"w\": 0.25}, {\"w\": 1.5}, {\"w\": 2.0}]"),
              new Example(
                  "{fields: [x], bare: refuse, otherwise: missing}",
                  "[{\"x\": \"12.0 oz\"}, {\"x\": \"16 ounce\"}, {\"x\": \"1 lb\"}, {\"x\": \"12\"}]",
                  "[{\"x\": 12.0}, {\"x\": 16.0}, {\"x\": 16.0}, {\"x\": null}]")),
          params ->
              new NormalizeUnits(
                  params.get(FIELDS), params.find(UNIT), params.get(BARE), params.get(OTHERWISE)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (int position : positions(input)) {
      output = output.with(input.field(position).typed(Type.DOUBLE));
    }
    return output;
  }

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    int[] positions = learnt(input);
    List<UnitEvidence> states = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      states.add(new UnitEvidence());
    }
    return new ColumnStates(positions, states);
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(in, learnt(input), (i, from) -> UnitEvidence.read(from));
  }

  @Override
  public Fit fit(ColumnStates state, Schema input) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int[] positions = learnt(input);
    for (int i = 0; i < positions.length; i++) {
      String name = input.field(positions[i]).name();
      state
          .state(UnitEvidence.class, i)
          .dominant()
          .ifPresent(found -> values.put(name, KnownUnits.symbol(found)));
    }
    return new Fit(values);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    List<CellTarget> targets = new ArrayList<>();
    for (int position : positions(input)) {
      Field field = input.field(position);
      Object learnt = unit.isPresent() ? unit.get() : fit.values().get(field.name());
      int target = learnt == null ? -1 : KnownUnits.find(learnt.toString()).orElse(-1);
      targets.add(
          new CellTarget(
              position,
              new Reading(target, bare),
              List.of(field.typed(Type.DOUBLE)),
              target < 0
                  ? "a quantity"
                  : "a quantity in units such as " + KnownUnits.symbol(target)));
    }
    return new CellMapping(targets, otherwise);
  }

  private int[] learnt(Schema input) {
    return unit.isEmpty() ? positions(input) : new int[0];
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT));
  }

  private static final class Reading implements CellReading {
    private final QuantityText quantity = new QuantityText();
    private final KnownUnits.@Nullable Conversion[] conversions =
        new KnownUnits.@Nullable Conversion[KnownUnits.count()];
    private final int target;
    private final Bare bare;

    Reading(int target, Bare bare) {
      this.target = target;
      this.bare = bare;
    }

    @Override
    public @Nullable String read(Slice text, ColumnBuilder[] parts) {
      String rule = quantity.read(text);
      if (rule != null) {
        return rule;
      }
      if (quantity.unit() < 0) {
        if (bare == Bare.REFUSE) {
          return "no_unit";
        }
        return append(quantity.value(0), parts[0]);
      }
      if (target < 0 || !KnownUnits.areCompatible(quantity.unit(), target)) {
        return "other_kind_of_unit";
      }
      BigDecimal sum = BigDecimal.ZERO;
      for (int part = 0; part < quantity.parts(); part++) {
        KnownUnits.Conversion conversion = conversion(quantity.unit(part));
        sum = sum.add(quantity.value(part).multiply(conversion.factor())).add(conversion.offset());
      }
      return append(sum, parts[0]);
    }

    private static @Nullable String append(BigDecimal value, ColumnBuilder into) {
      double nearest = value.round(MathContext.DECIMAL64).doubleValue();
      if (Double.isInfinite(nearest)) {
        return "out_of_range";
      }
      into.appendDouble(nearest + 0.0);
      return null;
    }

    private KnownUnits.Conversion conversion(int from) {
      KnownUnits.Conversion known = conversions[from];
      if (known == null) {
        known = KnownUnits.conversion(from, target);
        conversions[from] = known;
      }
      return known;
    }

    @Override
    public @Nullable String change() {
      return quantity.unit() < 0 ? "unit_assumed" : "unit_form";
    }

    @Override
    public double confidence() {
      return quantity.unit() < 0 ? 0.8 : 1;
    }
  }
}
