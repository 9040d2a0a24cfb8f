package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Outcome;
import dev.quern.engine.Samples;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Grouper;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.Step;
import dev.quern.operator.StepRun;
import dev.quern.statistics.Scalars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fills or corrects fields of the first input with those of the sample of the second input, the
 * reference, that has the same key. Ids, ranks, splits and all other fields of the first input
 * stay.
 *
 * <p>Keys are compared as {@code combine.lookup} does: byte by byte, a missing key part matches
 * nothing. A missing value of the reference changes nothing. Of several reference samples with one
 * key the first by rank counts, the others go to quarantine as {@code duplicate_key}; all other
 * reference samples are merged. Samples without a reference stay as they are.
 *
 * @param on key field of the reference by key field of the samples
 * @param fields field of the reference by the field of the samples that it repairs
 * @param overwrite which cells the reference overwrites
 */
public record RepairFromReference(
    Map<String, String> on, Map<String, String> fields, Overwrite overwrite) implements Grouper {

  /** Which cells the reference overwrites. */
  public enum Overwrite {
    /** Missing ones. */
    MISSING,
    /** Missing ones and those that differ. */
    DIFFERS
  }

  private static final String RULE =
      "a field name, a list of field names, or a map from field of the samples to field of the"
          + " reference; at least one";

  private static final Param<Map<String, String>> ON =
      pairs(
          "on",
          new Localized(
              "The key: fields of one name in both inputs, or a map from field of the samples to"
                  + " field of the reference.",
              "键：两个输入中同名的字段，或样本字段到参考字段的映射。"));

  private static final Param<Map<String, String>> FIELDS =
      pairs(
          "fields",
          new Localized("The fields that are repaired, named as the key is.", "被修复的字段，写法与键相同。"));

  private static final Param<Overwrite> OVERWRITE =
      Param.choice(
              "overwrite",
              Overwrite.class,
              new Localized(
                  "Which cells the reference overwrites: missing ones, or those that differ too.",
                  "参考数据覆盖哪些单元格：仅缺失的，或也包括不同的。"))
          .or(Overwrite.MISSING);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.repair_from_reference",
          new Localized("Fills or corrects fields from a reference by key.", "按键用参考数据填充或更正字段。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(ON, FIELDS, OVERWRITE),
          List.of(
              new Example(
                  "{on: [id], fields: [city]}",
                  "[[{\"id\": 1, \"city\": null}, {\"id\": 2, \"city\": \"y\"}, {\"id\": 3, \"city\":"
                      + " null}], [{\"id\": 1, \"city\": \"a\"}, {\"id\": 2, \"city\": \"b\"}]]",
                  "[{\"id\": 1, \"city\": \"a\"}, {\"id\": 2, \"city\": \"y\"}, {\"id\": 3, \"city\":"
                      + " null}]"),
              new Example(
                  "{on: {zip: code}, fields: {town: name}, overwrite: differs}",
                  "[[{\"zip\": \"1\", \"town\": \"X\"}], [{\"code\": \"1\", \"name\": \"Y\"}]]",
                  "[{\"zip\": \"1\", \"town\": \"Y\"}]")),
          params ->
              new RepairFromReference(params.get(ON), params.get(FIELDS), params.get(OVERWRITE)));

  private static Param<Map<String, String>> pairs(String name, Localized help) {
    Map<String, Object> text = Map.of("type", "string");
    return new Param<>(
        name,
        Param.Kind.ANY,
        "-",
        RULE,
        help,
        Param.Necessity.REQUIRED,
        null,
        RepairFromReference::pairs,
        pairs -> pairs,
        Map.of(
            "oneOf",
            List.of(
                text,
                Map.of("type", "array", "items", text, "minItems", 1),
                Map.of("type", "object", "additionalProperties", text, "minProperties", 1))));
  }

  private static Map<String, String> pairs(Object plain) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (plain instanceof Map<?, ?> map) {
      map.forEach((left, right) -> pairs.put(name(left), name(right)));
    } else {
      for (Object part : plain instanceof List<?> list ? list : List.of(plain)) {
        pairs.put(name(part), name(part));
      }
    }
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException(RULE);
    }
    return pairs;
  }

  private static String name(@Nullable Object plain) {
    if (plain instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new IllegalArgumentException(RULE);
  }

  @Override
  public int inputs() {
    return 2;
  }

  @Override
  public Schema output(List<Schema> inputs) {
    if (inputs.size() != 2) {
      throw new BindException(
          "", "quality.repair_from_reference must have two inputs; found: " + inputs.size());
    }
    check("on", on, inputs.get(0), inputs.get(1));
    check("fields", fields, inputs.get(0), inputs.get(1));
    for (String field : fields.keySet()) {
      if (on.containsKey(field)) {
        throw new BindException("fields", "must not name fields of the key; found: " + field);
      }
    }
    return inputs.get(0);
  }

  private static void check(
      String param, Map<String, String> pairs, Schema samples, Schema reference) {
    pairs.forEach(
        (left, right) -> {
          Field one = samples.field(FieldChoice.position(samples, param, left));
          Field other = reference.field(FieldChoice.position(reference, param, right));
          if (!one.type().equals(other.type())) {
            throw new BindException(
                param,
                "must name fields of one type; found: "
                    + one.name()
                    + ", "
                    + one.type()
                    + " and "
                    + other.name()
                    + ", "
                    + other.type());
          }
        });
  }

  @Override
  public Samples apply(List<Samples> inputs, Step step) {
    Schema output = output(inputs.stream().map(Samples::schema).toList());
    // The reference is the first input of the group, so that it is known when samples come.
    return inputs.get(1).group(List.of(inputs.get(0)), step.task(), output).sort(List.of());
  }

  @Override
  public Grouping bind(List<Schema> inputs, Schema output, StepRun run) {
    Schema reference = inputs.get(0);
    Schema samples = inputs.get(1);
    int[][] keys = {
      FieldChoice.named(reference, "on", new ArrayList<>(on.values())),
      FieldChoice.named(samples, "on", new ArrayList<>(on.keySet()))
    };
    int[] sources = new int[samples.size()];
    java.util.Arrays.fill(sources, -1);
    fields.forEach((left, right) -> sources[samples.indexOf(left)] = reference.indexOf(right));
    return new Repair(keys, sources, new BatchBuilder(output), overwrite);
  }

  private static final class Repair implements Grouping {
    private final int[][] keys;
    private final int[] sources;
    private final BatchBuilder repaired;
    private final Overwrite overwrite;

    Repair(int[][] keys, int[] sources, BatchBuilder repaired, Overwrite overwrite) {
      this.keys = keys;
      this.sources = sources;
      this.repaired = repaired;
      this.overwrite = overwrite;
    }

    @Override
    public void key(int input, Batch batch, int row, CanonicalForm key) {
      for (int position : keys[input]) {
        key.put(batch.column(position), row);
      }
    }

    @Override
    public void group(Group group, Outcome out) {
      @Nullable Batch reference = null;
      int referenceRow = 0;
      while (group.next()) {
        Batch batch = group.batch();
        int row = group.row();
        if (group.input() == 1) {
          boolean known = reference != null && !isPartMissing(1, batch, row);
          append(batch, row, known ? reference : null, referenceRow, out);
        } else if (reference == null || isPartMissing(0, batch, row)) {
          reference = batch;
          referenceRow = row;
          out.merged(1);
        } else {
          out.quarantine(batch, row, "", Fault.of("duplicate_key", "one reference sample per key"));
        }
      }
    }

    @Override
    public void end(Outcome out) {
      if (repaired.count() > 0) {
        out.keep(repaired.build());
      }
    }

    private void append(
        Batch batch, int row, @Nullable Batch reference, int referenceRow, Outcome out) {
      repaired.keys().append(batch.keys(), row);
      for (int i = 0; i < sources.length; i++) {
        Column before = batch.column(i);
        if (reference != null
            && sources[i] >= 0
            && isRepaired(before, row, reference.column(sources[i]), referenceRow)) {
          Column known = reference.column(sources[i]);
          repaired.column(i).append(known, referenceRow);
          String field = batch.schema().field(i).name();
          out.change(batch, row, field, "reference", 1, known.valueAt(referenceRow));
        } else {
          repaired.column(i).append(before, row);
        }
      }
      if (repaired.isFull()) {
        out.keep(repaired.build());
      }
    }

    private boolean isRepaired(Column before, int row, Column known, int knownRow) {
      if (isMissing(known, knownRow)) {
        return false;
      }
      return isMissing(before, row)
          || overwrite == Overwrite.DIFFERS
              && !Objects.deepEquals(before.valueAt(row), known.valueAt(knownRow));
    }

    private static boolean isMissing(Column column, int row) {
      Type type = column.type();
      return Scalars.supports(type) ? Scalars.isMissing(column, row) : column.isNull(row);
    }

    private boolean isPartMissing(int input, Batch batch, int row) {
      for (int position : keys[input]) {
        if (batch.column(position).isNull(row)) {
          return true;
        }
      }
      return false;
    }
  }
}
