package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.format.json.Json;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.dependency.GroupValues;
import java.io.DataInput;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Repairs a field that others determine (ZIP code → city): cells that differ from the clear
 * majority of their group get its value.
 *
 * <p>A group are the samples with equal values of all fields of {@code given}. Its majority is
 * clear if the group has at least {@code min_support} samples with a value and the most frequent
 * value occurs in at least {@code min_confidence} of them, and more often than any other. Cells of
 * groups without one stay or become missing; samples with a missing determinant stay. The
 * confidence of a change is the fraction of the majority. Learning holds the distinct pairs in
 * memory.
 *
 * @param given fields that determine the other
 * @param field the field that is repaired
 * @param minSupport least number of samples of a group
 * @param minConfidence least fraction of the majority
 * @param missing whether missing cells are filled with the majority
 * @param unclear what becomes of cells of groups that disagree without a clear majority
 */
public record RepairDependency(
    List<String> given,
    String field,
    long minSupport,
    double minConfidence,
    Missing missing,
    Unclear unclear)
    implements Fitter<GroupValues> {

  /** What becomes of missing cells. */
  public enum Missing {
    FILL,
    KEEP
  }

  /** What becomes of cells of groups that disagree. */
  public enum Unclear {
    KEEP,
    MISSING
  }

  private static final Param<List<String>> GIVEN =
      Param.fields("given", new Localized("Fields that determine the other.", "决定另一字段的字段。"))
          .where("a list of at least one field name", fields -> !fields.isEmpty());

  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field that is repaired.", "被修复的字段。"));

  private static final Param<Long> MIN_SUPPORT =
      Param.integer(
              "min_support",
              "samples",
              2,
              Long.MAX_VALUE,
              new Localized("Least number of samples of a group.", "一组的最少样本数。"))
          .or(3L);

  private static final Param<Double> MIN_CONFIDENCE =
      Param.fraction(
              "min_confidence",
              new Localized(
                  "Least fraction of a group that has its most frequent value.", "组内最常见值所占的最小比例。"))
          .or(0.6);

  private static final Param<Missing> MISSING =
      Param.choice(
              "missing",
              Missing.class,
              new Localized("Whether missing cells are filled.", "是否填充缺失的单元格。"))
          .or(Missing.FILL);

  private static final Param<Unclear> UNCLEAR =
      Param.choice(
              "unclear",
              Unclear.class,
              new Localized(
                  "What becomes of cells of groups that disagree without a clear majority.",
                  "组内不一致且无明显多数时单元格如何处理。"))
          .or(Unclear.KEEP);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.repair_dependency",
          new Localized(
              "Repairs a field that others determine by the majority of each group.",
              "按组内多数值修复由其他字段决定的字段。"),
          "Kivinen and Mannila 1995 (g3), Theoretical Computer Science 149(1)",
          1,
          Serving.HOST,
          List.of(GIVEN, FIELD, MIN_SUPPORT, MIN_CONFIDENCE, MISSING, UNCLEAR),
          List.of(
              new Example(
                  "{given: [zip], field: city}",
                  "[{\"zip\": 1, \"city\": \"x\"}, {\"zip\": 1, \"city\": \"x\"}, {\"zip\": 1,"
                      + " \"city\": \"xx\"}, {\"zip\": 1, \"city\": null}, {\"zip\": 2, \"city\":"
                      + " \"y\"}]",
                  "[{\"zip\": 1, \"city\": \"x\"}, {\"zip\": 1, \"city\": \"x\"}, {\"zip\": 1,"
                      + " \"city\": \"x\"}, {\"zip\": 1, \"city\": \"x\"}, {\"zip\": 2, \"city\":"
                      + " \"y\"}]"),
              new Example(
                  "{given: [a], field: b, min_support: 2, unclear: missing}",
                  "[{\"a\": \"k\", \"b\": 1}, {\"a\": \"k\", \"b\": 2}, {\"a\": \"l\", \"b\": 3}]",
                  "[{\"a\": \"k\", \"b\": null}, {\"a\": \"k\", \"b\": null}, {\"a\": \"l\", \"b\":"
                      + " 3}]")),
          params ->
              new RepairDependency(
                  params.get(GIVEN),
                  params.get(FIELD),
                  params.get(MIN_SUPPORT),
                  params.get(MIN_CONFIDENCE),
                  params.get(MISSING),
                  params.get(UNCLEAR)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    Set<String> read = new LinkedHashSet<>(made);
    if (made.contains(field)) {
      read.addAll(given);
    }
    return read;
  }

  @Override
  public Schema output(Schema input) {
    FieldChoice.named(input, "given", given, "scalar", one -> one.type().isScalar());
    FieldChoice.named(
        input,
        "field",
        List.of(field),
        "text, long, double, float or bool",
        RepairDependency::fits);
    if (given.contains(field)) {
      throw new BindException("given", "must not name the field itself; found: " + field);
    }
    return input;
  }

  private static boolean fits(dev.quern.data.Field field) {
    return switch (field.type().kind()) {
      case TEXT, LONG, DOUBLE, FLOAT, BOOL -> true;
      case DECIMAL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
    };
  }

  @Override
  public GroupValues zero(Schema input, StepRun run) {
    return new GroupValues(FieldChoice.named(input, "given", given), input.indexOf(field));
  }

  @Override
  public GroupValues read(DataInput in, Schema input, StepRun run) throws IOException {
    return GroupValues.read(in, FieldChoice.named(input, "given", given), input.indexOf(field));
  }

  @Override
  public Fit fit(GroupValues state, Schema input) {
    Majorities majorities = new Majorities();
    state.forEach(input.field(input.indexOf(field)).type(), majorities::receive);
    majorities.end();
    return new Fit(majorities.learnt);
  }

  /** Takes values group by group and keeps those with a clear majority, or the unclear ones. */
  private final class Majorities {
    private final Map<String, @Nullable Object> learnt = new LinkedHashMap<>();
    private long high;
    private long low;
    private long support;
    private long best;
    private boolean tied;
    private int values;
    private @Nullable Object majority;

    void receive(long newHigh, long newLow, Object value, long count) {
      if (support > 0 && (newHigh != high || newLow != low)) {
        end();
      }
      high = newHigh;
      low = newLow;
      support += count;
      values++;
      tied = count == best || tied && count < best;
      if (count > best) {
        best = count;
        majority = value;
        tied = false;
      }
    }

    void end() {
      double confidence = support == 0 ? 0 : (double) best / support;
      boolean clear = support >= minSupport && confidence >= minConfidence && !tied;
      if (clear) {
        Map<String, @Nullable Object> group = new LinkedHashMap<>();
        group.put("value", majority);
        group.put("confidence", confidence);
        learnt.put(written(high, low), group);
      } else if (values > 1 && unclear == Unclear.MISSING) {
        learnt.put(written(high, low), new LinkedHashMap<>());
      }
      support = 0;
      best = 0;
      values = 0;
      tied = false;
      majority = null;
    }
  }

  private static String written(long high, long low) {
    return Long.toHexString(high) + "-" + Long.toHexString(low);
  }

  private record Key(long high, long low) {}

  /** What a group's cells should be: absent value: unclear. */
  private record Majority(@Nullable Object value, double confidence) {}

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    Map<Key, Majority> majorities = new HashMap<>();
    fit.values()
        .forEach(
            (key, value) -> {
              int dash = key.indexOf('-');
              Map<String, @Nullable Object> group =
                  Json.object(java.util.Objects.requireNonNull(value));
              Object confidence = group.get("confidence");
              majorities.put(
                  new Key(
                      Long.parseUnsignedLong(key.substring(0, dash), 16),
                      Long.parseUnsignedLong(key.substring(dash + 1), 16)),
                  new Majority(
                      group.get("value"),
                      confidence instanceof Number number ? number.doubleValue() : 0));
            });
    return new Repair(
        FieldChoice.named(input, "given", given), input.indexOf(field), majorities, missing);
  }

  private static final class Repair implements Mapping {
    private final int[] given;
    private final int field;
    private final Map<Key, Majority> majorities;
    private final Missing missing;
    private final CanonicalForm form = new CanonicalForm();
    private final Hash128 hash = new Hash128();

    Repair(int[] given, int field, Map<Key, Majority> majorities, Missing missing) {
      this.given = given;
      this.field = field;
      this.majorities = majorities;
      this.missing = missing;
    }

    @Override
    public void map(Batch batch, Outcome out) {
      Column before = batch.column(field);
      ColumnBuilder after = ColumnBuilder.of(before.type());
      boolean changed = false;
      int next = 0;
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        for (; next < row; next++) {
          after.append(before, next);
        }
        changed |= append(batch, row, before, after, out);
        next = row + 1;
      }
      for (; next < batch.rows(); next++) {
        after.append(before, next);
      }
      out.keep(changed ? batch.with(batch.schema().field(field), after.build()) : batch);
    }

    private boolean append(Batch batch, int row, Column before, ColumnBuilder after, Outcome out) {
      boolean absent = GroupValues.isMissing(before, row);
      Majority majority =
          absent && missing == Missing.KEEP || !GroupValues.key(given, batch, row, form, hash)
              ? null
              : majorities.get(new Key(hash.high(), hash.low()));
      if (majority == null
          || absent && majority.value() == null
          || isEqual(before, row, majority)) {
        after.append(before, row);
        return false;
      }
      boolean known = majority.value() != null;
      put(majority.value(), after);
      out.change(
          batch,
          row,
          batch.schema().field(field).name(),
          known ? "dependency_majority" : "dependency_unclear",
          known ? majority.confidence() : 1,
          majority.value());
      return true;
    }

    private static boolean isEqual(Column column, int row, Majority majority) {
      if (column.isNull(row)) {
        return false;
      }
      Object wanted = majority.value();
      return switch (column.type().kind()) {
        case TEXT -> column.textAt(row).equals(wanted);
        case LONG -> wanted instanceof Number number && number.longValue() == column.longAt(row);
        case DOUBLE, FLOAT ->
            wanted instanceof Number number && number.doubleValue() == column.doubleAt(row);
        case BOOL -> wanted instanceof Boolean truth && truth == column.boolAt(row);
        case DECIMAL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
      };
    }

    private static void put(@Nullable Object value, ColumnBuilder after) {
      if (value instanceof Number number && after.type().kind() != Type.Kind.LONG) {
        after.appendDouble(number.doubleValue());
      } else {
        after.appendValue(value);
      }
    }
  }
}
