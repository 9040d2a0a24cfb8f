package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * field_match = fields that are as named / fields asked for, a fraction.
 *
 * <p>A name matches if there is a field of that name; where {@code first} is given, the name number
 * i must be that of field number first + i. Where other fields are refused, they are asked for too
 * and match nothing, so that 1 means: these fields and no others.
 *
 * @param names the names
 * @param first the place of the first name from 0, absent: any order
 * @param others whether there may be fields of other names
 */
public record FieldMatch(List<String> names, Optional<Long> first, Others others)
    implements Analyzer<ColumnStates> {
  /** Whether there may be fields of other names. */
  public enum Others {
    ALLOWED,
    REFUSED
  }

  private static final Param<List<String>> NAMES =
      Param.texts("names", new Localized("Names of fields, or one.", "字段名。"))
          .where("a list of at least one name", names -> !names.isEmpty());

  private static final Param<Long> FIRST =
      Param.integer(
              "first",
              "fields",
              0,
              Integer.MAX_VALUE,
              new Localized(
                  "The place of the first name, from 0; the others follow it. Any order by default.",
                  "第一个名称的位置（从 0 起），其余依次排列；默认不限顺序。"))
          .optional();

  private static final Param<Others> OTHERS =
      Param.choice(
              "others",
              Others.class,
              new Localized("Whether there may be fields of other names.", "是否允许其他名称的字段。"))
          .or(Others.ALLOWED);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.field_match",
          new Localized(
              "The fraction of named fields that there are, on request in their places and without"
                  + " others.",
              "所列字段中实际存在的比例；可要求位置正确且没有其他字段。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(NAMES, FIRST, OTHERS),
          List.of(
              new Example(
                  "{names: [a, c]}", "[{\"a\": 1, \"b\": \"x\"}]", "{\"field_match(a, c)\": 0.5}"),
              new Example(
                  "{names: [a], first: 0, others: refused}",
                  "[{\"a\": 1, \"b\": \"x\"}]",
                  "{\"field_match(a)\": 0.5}")),
          params -> new FieldMatch(params.get(NAMES), params.find(FIRST), params.get(OTHERS)));

  /** Makes an analyzer. */
  public FieldMatch {
    names = List.copyOf(names);
  }

  @Override
  public Judging judging() {
    return Judging.none("it measures the fields, not the samples", "它度量的是字段而不是样本");
  }

  @Override
  public void check(Schema input) {}

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    return new ColumnStates(new int[0], List.of());
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(
        in,
        new int[0],
        (i, from) -> {
          throw new IllegalStateException("field_match must collect none; found: " + i);
        });
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    int matching = 0;
    for (int i = 0; i < names.size(); i++) {
      int position = input.indexOf(names.get(i));
      boolean placed = first.isEmpty() || position == first.get() + i;
      matching += position >= 0 && placed ? 1 : 0;
    }
    Set<String> asked = new LinkedHashSet<>(names);
    if (others == Others.REFUSED) {
      asked.addAll(input.names());
    }
    int all = Math.max(asked.size(), names.size());
    return List.of(Metric.proportion("field_match", names, matching, all));
  }
}
