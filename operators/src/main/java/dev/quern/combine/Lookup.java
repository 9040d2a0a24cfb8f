package dev.quern.combine;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Field;
import dev.quern.data.Schema;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds to each sample of the first input the fields of the sample of the second input, the
 * reference, that has the same key. Ids, ranks and splits of the first input stay.
 *
 * <p>Keys are equal byte by byte and of one type; a missing key part matches nothing. Of several
 * reference samples with one key the first by rank counts, the others go to quarantine as {@code
 * duplicate_key}; all other reference samples are merged. A sample without a reference keeps its
 * place with missing fields, is dropped as {@code no_reference} (measured: none) or goes to
 * quarantine under that name. Each sample is handled as it streams by, so a frequent key costs no
 * memory.
 *
 * @param on key field of the reference by key field of the samples
 * @param fields reference fields to add; absent: all but the keys
 * @param missing what happens to a sample without a reference
 */
public record Lookup(Map<String, String> on, Optional<List<String>> fields, Missing missing)
    implements Grouper {

  /** What happens to a sample without a reference. */
  public enum Missing {
    KEEP,
    DROP,
    QUARANTINE
  }

  private static final String ON_RULE =
      "a field name, a list of field names, or a map from field of the samples to field of the"
          + " reference; at least one";

  private static final Param<Map<String, String>> ON =
      new Param<>(
          "on",
          Param.Kind.ANY,
          "-",
          ON_RULE,
          new Localized(
              "The key: fields of one name in both inputs, or a map from field of the samples to"
                  + " field of the reference.",
              "键：两个输入中同名的字段，或样本字段到参考字段的映射。"),
          Param.Necessity.REQUIRED,
          null,
          Lookup::keys,
          keys -> keys,
          schema());

  private static final Param<List<String>> FIELDS =
      Param.texts(
              "fields",
              new Localized(
                  "Reference fields to add; all but the keys by default.", "要添加的参考字段；默认为键以外的全部。"))
          .optional();

  private static final Param<Missing> MISSING =
      Param.choice(
              "missing",
              Missing.class,
              new Localized("What happens to a sample without a reference.", "没有参考的样本如何处理。"))
          .or(Missing.KEEP);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "combine.lookup",
          new Localized("Adds fields of a reference by key.", "按键从参考数据添加字段。"),
          "definition",
          2,
          Serving.TRAINING_ONLY,
          List.of(ON, FIELDS, MISSING),
          List.of(
              new Example(
                  "{on: [city]}",
                  "[[{\"city\": \"x\", \"n\": 1}, {\"city\": \"y\", \"n\": 2}, {\"city\": \"x\","
                      + " \"n\": 3}], [{\"city\": \"x\", \"zip\": 100}]]",
                  "[{\"city\": \"x\", \"n\": 1, \"zip\": 100}, {\"city\": \"y\", \"n\": 2, \"zip\":"
                      + " null}, {\"city\": \"x\", \"n\": 3, \"zip\": 100}]"),
              new Example(
                  "{on: {town: city}, fields: [zip], missing: drop}",
                  "[[{\"town\": \"x\"}, {\"town\": null}], [{\"city\": \"x\", \"zip\": 1, \"area\":"
                      + " 2}]]",
                  "[{\"town\": \"x\", \"zip\": 1}]")),
          params -> new Lookup(params.get(ON), params.find(FIELDS), params.get(MISSING)));

  @Override
  public int inputs() {
    return 2;
  }

  @Override
  public Schema output(List<Schema> inputs) {
    if (inputs.size() != 2) {
      throw new BindException("", "combine.lookup must have two inputs; found: " + inputs.size());
    }
    Schema samples = inputs.get(0);
    Schema reference = inputs.get(1);
    for (Map.Entry<String, String> key : on.entrySet()) {
      Field left = samples.field(FieldChoice.position(samples, "on", key.getKey()));
      Field right = reference.field(FieldChoice.position(reference, "on", key.getValue()));
      if (!left.type().equals(right.type())) {
        throw new BindException(
            "on",
            "must name fields of one type; found: "
                + left.name()
                + ", "
                + left.type()
                + " and "
                + right.name()
                + ", "
                + right.type());
      }
    }
    Schema output = samples;
    for (int position : added(reference)) {
      Field field = reference.field(position);
      if (samples.indexOf(field.name()) >= 0) {
        throw new BindException(
            "fields",
            "must be fields that the samples do not have; found: "
                + field.name()
                + " in both; use quality.rename or name the fields to add");
      }
      output = output.with(field);
    }
    return output;
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
    List<String> left = new ArrayList<>(on.keySet());
    List<String> right = new ArrayList<>(on.values());
    return new Join(
        new int[][] {
          FieldChoice.named(reference, "on", right), FieldChoice.named(samples, "on", left)
        },
        added(reference),
        new BatchBuilder(output),
        missing);
  }

  private int[] added(Schema reference) {
    return FieldChoice.orAll(
        reference,
        "fields",
        fields,
        "any",
        field -> true,
        field -> !on.containsValue(field.name()));
  }

  private static Map<String, String> keys(Object plain) {
    Map<String, String> keys = new LinkedHashMap<>();
    if (plain instanceof Map<?, ?> map) {
      map.forEach((left, right) -> keys.put(name(left), name(right)));
    } else {
      for (Object part : plain instanceof List<?> list ? list : List.of(plain)) {
        keys.put(name(part), name(part));
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(ON_RULE);
    }
    return keys;
  }

  private static String name(@Nullable Object plain) {
    if (plain instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new IllegalArgumentException(ON_RULE);
  }

  private static Map<String, Object> schema() {
    Map<String, Object> text = Map.of("type", "string");
    return Map.of(
        "oneOf",
        List.of(
            text,
            Map.of("type", "array", "items", text, "minItems", 1),
            Map.of("type", "object", "additionalProperties", text, "minProperties", 1)));
  }

  private static final class Join implements Grouping {
    private final int[][] keys;
    private final int[] added;
    private final BatchBuilder joined;
    private final Missing missing;

    Join(int[][] keys, int[] added, BatchBuilder joined, Missing missing) {
      this.keys = keys;
      this.added = added;
      this.joined = joined;
      this.missing = missing;
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
        if (group.input() == 0) {
          if (reference == null || isPartMissing(0, batch, row)) {
            reference = batch;
            referenceRow = row;
            out.merged(1);
          } else {
            out.quarantine(
                batch, row, "", Fault.of("duplicate_key", "one reference sample per key"));
          }
        } else if (reference != null && !isPartMissing(1, batch, row)) {
          join(batch, row, reference, referenceRow, out);
        } else {
          alone(batch, row, out);
        }
      }
    }

    @Override
    public void end(Outcome out) {
      if (joined.count() > 0) {
        out.keep(joined.build());
      }
    }

    private void alone(Batch batch, int row, Outcome out) {
      switch (missing) {
        case KEEP -> join(batch, row, null, 0, out);
        case DROP -> out.drop(batch, row, "no_reference", Double.NaN);
        case QUARANTINE ->
            out.quarantine(
                batch, row, "", Fault.of("no_reference", "a key that the reference has"));
      }
    }

    private void join(
        Batch batch, int row, @Nullable Batch reference, int referenceRow, Outcome out) {
      joined.keys().append(batch.keys(), row);
      int own = batch.schema().size();
      for (int i = 0; i < own; i++) {
        joined.column(i).append(batch.column(i), row);
      }
      for (int i = 0; i < added.length; i++) {
        if (reference == null) {
          joined.column(own + i).appendNull();
        } else {
          joined.column(own + i).append(reference.column(added[i]), referenceRow);
        }
      }
      if (joined.isFull()) {
        out.keep(joined.build());
      }
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
