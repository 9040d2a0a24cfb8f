package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.rule.Requirement;
import dev.quern.quality.rule.Requirements;
import dev.quern.quality.rule.Rule;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * validity = values that obey every rule / values that are there, a fraction, then the same for
 * each rule where there are several. Null, NaN and texts that are blank after trimming are missing:
 * they are neither valid nor invalid, see {@link Completeness}. Without values the metric has none.
 *
 * <p>A rule that the field's type can neither obey nor break, for example a pattern for a number,
 * is a mistake in the recipe.
 *
 * @param field the field
 * @param rules at least one
 * @param where the condition for which samples are measured
 */
public record Validity(String field, List<Requirement> rules, Optional<String> where)
    implements Analyzer<ColumnStates> {
  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field.", "字段。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.validity",
          new Localized(
              "The fraction of values that obey the given rules: type, format, pattern, range, set,"
                  + " length, checksum, JSON Schema.",
              "符合所给规则（类型、格式、模式、范围、集合、长度、校验位、JSON Schema）的值所占的比例。"),
          "ISO/IEC 25012, compliance (own definition); ISO/IEC 7064; RE2 syntax",
          1,
          Serving.TRAINING_ONLY,
          params(),
          List.of(
              new Example(
                  "{field: age, min: 0, max: 120}",
                  "[{\"age\": 30}, {\"age\": -1}, {\"age\": null}, {\"age\": 120}, {\"age\": 7}]",
                  "{\"validity(age)\": 0.75}"),
              new Example(
                  "{field: code, pattern: \"^[A-Z]{2}[0-9]+$\", max_length: 4}",
                  "[{\"code\": \"AB12\"}, {\"code\": \"AB123\"}, {\"code\": \"a\"},"
                      + " {\"code\": \" \"}]",
                  "{\"validity(code)\": 0.3333333333333333,"
                      + " \"validity(code)[pattern]\": 0.6666666666666666,"
                      + " \"validity(code)[length]\": 0.6666666666666666}"),
              new Example(
                  "{field: size, set: [S, M, L], where: \"n > 0\"}",
                  "[{\"size\": \"S\", \"n\": 1}, {\"size\": \"XL\", \"n\": 2}, {\"size\": \"XL\","
                      + " \"n\": 0}]",
                  "{\"validity(size)\": 0.5}")),
          given ->
              new Validity(
                  given.get(FIELD), Requirements.of(given), given.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public Validity {
    rules = List.copyOf(rules);
  }

  private static List<Param<?>> params() {
    List<Param<?>> all = new ArrayList<>();
    all.add(FIELD);
    all.addAll(Requirements.PARAMS);
    all.add(Restriction.WHERE);
    return all;
  }

  @Override
  public void check(Schema input) {
    bound(input);
  }

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    return new ColumnStates(position(input), List.of(new ValidCells(bound(input))));
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(in, position(input), (i, from) -> ValidCells.read(from, bound(input)));
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    ValidCells cells = state.state(ValidCells.class, 0);
    List<String> fields = List.of(field);
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Metric.proportion("validity", fields, cells.valid(), cells.present()));
    for (int i = 0; rules.size() > 1 && i < rules.size(); i++) {
      Metric part = Metric.proportion("validity", fields, cells.obeying(i), cells.present());
      metrics.add(part.part(rules.get(i).reason()));
    }
    return metrics;
  }

  @Override
  public Judging judging() {
    return Judging.failures(
        "each sample whose value breaks a rule, by the first it breaks", "取值违反规则的每个样本（按所违反的第一条规则）");
  }

  /** A sample fails by the first rule that its value breaks. */
  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    int position = position(input)[0];
    ValidCells cells = new ValidCells(bound(input));
    List<Finding> broken = new ArrayList<>();
    rules.forEach(rule -> broken.add(Finding.of(List.of(field), rule.reason())));
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        int rule = cells.firstBroken(batch.column(position), row);
        if (rule >= 0) {
          findings.fail(row, broken.get(rule));
        } else if (rule == ValidCells.MISSING) {
          findings.notApplicable(row);
        }
      }
    };
  }

  private List<Rule> bound(Schema input) {
    Field found = input.field(position(input)[0]);
    List<Rule> all = new ArrayList<>();
    rules.forEach(rule -> all.add(rule.bind(found)));
    return all;
  }

  private int[] position(Schema input) {
    return FieldChoice.named(input, "field", List.of(field));
  }
}
