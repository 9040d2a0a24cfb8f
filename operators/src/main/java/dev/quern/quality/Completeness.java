package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * completeness = values that are there / all values, a fraction. Null, NaN and texts that are blank
 * after trimming are missing. Without samples the metric has no value.
 *
 * <p>Over several fields: the fraction of all their values; {@code [samples]}, the fraction of
 * samples in which all the fields have a value; with weights {@code [weighted]} = Σ w·there / Σ
 * w·n; and one metric per field. The first, which checks compare, is the one {@code of} names.
 *
 * @param fields fields to look at; absent: those with weights, else all
 * @param of which of the metrics checks compare
 * @param weights by field; absent: none are given
 */
public record Completeness(
    Optional<List<String>> fields, Of of, Optional<Map<String, Double>> weights)
    implements Analyzer<Presence> {
  /** What is counted. */
  public enum Of {
    VALUES,
    SAMPLES,
    WEIGHTED
  }

  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Fields to look at; all by default.", "要检查的字段；默认全部。"))
          .optional();

  private static final Param<Of> OF =
      Param.choice(
              "of",
              Of.class,
              new Localized(
                  "What checks compare: the fraction of values, of samples with all the fields, or"
                      + " of values weighted by field.",
                  "检查所比较的内容：值的比例、所有字段齐全的样本比例，或按字段加权的值的比例。"))
          .or(Of.VALUES);

  private static final Param<Map<String, Double>> WEIGHTS =
      Param.weights(
              "weights",
              Param.Kind.FIELD_MAP,
              new Localized("How much the values of each field count.", "各字段的值所占的权重。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.completeness",
          new Localized(
              "The fraction of values that are not missing, by field, by sample or weighted.",
              "非缺失值所占的比例，可按字段、按样本或加权计算。"),
          "ISO/IEC 25012, completeness (own definition)",
          2,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, OF, WEIGHTS),
          List.of(
              new Example(
                  "{fields: [a]}",
                  "[{\"a\": 1}, {\"a\": null}, {\"a\": 3}, {\"a\": 4}]",
                  "{\"completeness(a)\": 0.75}"),
              new Example(
                  "{}",
                  "[{\"a\": 1, \"b\": \" \"}, {\"a\": 2, \"b\": \"x\"}]",
                  "{\"completeness(a, b)\": 0.75, \"completeness(a)\": 1.0,"
                      + " \"completeness(b)\": 0.5, \"completeness(a, b)[samples]\": 0.5}"),
              new Example(
                  "{of: weighted, weights: {a: 3, b: 1}}",
                  "[{\"a\": 1, \"b\": null}, {\"a\": 2, \"b\": null}]",
                  "{\"completeness(a, b)[weighted]\": 0.75}")),
          params -> new Completeness(params.find(FIELDS), params.get(OF), params.find(WEIGHTS)));

  public Completeness {
    weights = weights.map(map -> Collections.unmodifiableMap(new LinkedHashMap<>(map)));
  }

  /** Makes the analyzer that counts values alike. */
  public Completeness(Optional<List<String>> fields) {
    this(fields, Of.VALUES, Optional.empty());
  }

  @Override
  public void check(Schema input) {
    positions(input);
  }

  @Override
  public Presence zero(Schema input, StepRun run) {
    return new Presence(positions(input));
  }

  @Override
  public Presence read(DataInput in, Schema input, StepRun run) throws IOException {
    return Presence.read(in, positions(input));
  }

  @Override
  public List<Metric> metrics(Presence state, Schema input) {
    int[] positions = positions(input);
    List<String> names = new ArrayList<>();
    for (int position : positions) {
      names.add(input.field(position).name());
    }
    List<Metric> metrics = new ArrayList<>();
    Metric values = values(state, names);
    Metric samples =
        Metric.proportion("completeness", names, state.complete(), state.samples()).part("samples");
    if (weights.isPresent()) {
      metrics.add(weighted(state, names, weights.get()));
    }
    metrics.add(of == Of.SAMPLES ? 0 : metrics.size(), samples);
    metrics.add(of == Of.VALUES ? 0 : metrics.size(), values);
    if (names.size() != 1) {
      for (int i = 0; i < names.size(); i++) {
        List<String> name = List.of(names.get(i));
        metrics.add(Metric.proportion("completeness", name, state.present(i), state.samples()));
      }
    } else if (of == Of.VALUES && weights.isEmpty()) {
      metrics.remove(samples); // Of one field the two are the same.
    }
    return metrics;
  }

  @Override
  public Judging judging() {
    return switch (of) {
      case VALUES -> Judging.failures("each value that is missing", "每个缺失的值");
      case SAMPLES -> Judging.failures("each sample that misses one of the fields", "缺少任一字段的每个样本");
      case WEIGHTED ->
          Judging.responsible(
              "each missing value of a field whose weight is above 0", "权重大于 0 的字段中每个缺失的值");
    };
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    int[] positions = judged(input);
    List<Finding> missing = new ArrayList<>();
    for (int position : positions) {
      missing.add(Finding.of(List.of(input.field(position).name()), "missing"));
    }
    Slice slice = new Slice();
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        List<String> lacking = new ArrayList<>();
        for (int j = 0; j < positions.length; j++) {
          Column column = batch.column(positions[j]);
          if (Cells.isMissing(column, row, column.type().equals(Type.TEXT), slice)) {
            if (of == Of.SAMPLES) {
              lacking.addAll(missing.get(j).fields());
            } else {
              findings.fail(row, missing.get(j));
            }
          }
        }
        if (!lacking.isEmpty()) {
          findings.fail(row, Finding.of(lacking, "missing"));
        }
      }
    };
  }

  /** Returns the positions of the fields whose values count. */
  private int[] judged(Schema input) {
    return Arrays.stream(positions(input))
        .filter(
            position ->
                of != Of.WEIGHTED
                    || weights.orElse(Map.of()).getOrDefault(input.field(position).name(), 0.0) > 0)
        .toArray();
  }

  private static Metric values(Presence state, List<String> names) {
    long there = 0;
    for (int i = 0; i < names.size(); i++) {
      there += state.present(i);
    }
    return Metric.proportion("completeness", names, there, state.samples() * names.size());
  }

  private static Metric weighted(Presence state, List<String> names, Map<String, Double> weights) {
    double there = 0;
    double all = 0;
    for (int i = 0; i < names.size(); i++) {
      double weight = weights.getOrDefault(names.get(i), 0.0);
      there += weight * state.present(i);
      all += weight * state.samples();
    }
    return Metric.proportion("completeness", names, there, all).part("weighted");
  }

  private int[] positions(Schema input) {
    if (of == Of.WEIGHTED && weights.isEmpty()) {
      throw new BindException("weights", "must be given where of is weighted; found: nothing");
    }
    Optional<List<String>> chosen =
        fields.isPresent() ? fields : weights.map(map -> List.copyOf(map.keySet()));
    int[] positions =
        FieldChoice.orAll(input, "fields", chosen, "any", field -> true, field -> true);
    if (fields.isPresent() && weights.isPresent()) {
      for (String name : weights.get().keySet()) {
        if (!fields.get().contains(name)) {
          throw new BindException("weights", "must be of the fields looked at; found: " + name);
        }
      }
    }
    return positions;
  }
}
