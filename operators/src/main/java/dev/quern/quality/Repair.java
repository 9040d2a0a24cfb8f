package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
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
import dev.quern.quality.repair.CellTexts;
import dev.quern.quality.repair.Policy;
import dev.quern.quality.repair.Review;
import dev.quern.quality.repair.Rounds;
import dev.quern.quality.repair.SampledRows;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds wrong cells of a table without labels or rules, and mends those whose right value follows
 * from the table itself. Cells are judged by
 *
 * <ul>
 *   <li>missing_token: texts and numbers that stand for a missing value ({@code N/A}, {@code ?},
 *       999 far outside the other numbers)
 *   <li>format, unit: texts among numbers; numbers with a unit where others have none or another;
 *       numbers that a factor between units (2.54, 1000 …) makes ordinary
 *   <li>typo: rare texts within a few edits of a frequent one
 *   <li>leakage: a text that ends with the value another field lacks
 *   <li>dependency: the minority in groups of a field, or two, that determine the cell; where a
 *       dependency is broken, the cell accused by most is held to be wrong
 *   <li>swapped: two cells that fit each other's field much better than their own
 *   <li>outlier: numbers beyond any that the tail of their field lets expect
 * </ul>
 *
 * <p>What these rules leave is looked at once more, by many weak signs together: how likely the
 * cell is beside the others of its row (trees of the other fields foretell its class), how far out
 * and how lonely a number is, what a swap or a factor between units would explain, and how far it
 * lies from its neighbours in order, where a field goes on smoothly. How much each sign says is
 * learnt from cells of this table made wrong on purpose; how many are wrong is estimated from the
 * errors that the rules found and from how few cells look as those made wrong do. Such cells are
 * told as swapped, unit, outlier or dependency and keep their values.
 *
 * <p>confidence of a rule in a field = how often it proves right on this very table: masked cells
 * that it foretells, or one less the share of findings that shuffled cells give too. Learning goes
 * in rounds until one changes nothing, so mending a mended table changes nothing.
 *
 * <p>It learns from at most 65,536 samples and 4,000,000 cells, those with the smallest hashes of
 * their ids; texts beyond 512 characters pass unseen; spelling is judged in fields of at most 5,000
 * distinct values, dependencies among the first 40 fields and for at most 300,000 groups. Weak
 * signs are weighed in tables of 2 to 64 fields and at least 60 samples, from at most 8,000 of
 * them; neighbours are known of the samples learnt from alone.
 *
 * @param fields fields to look at; absent: all texts and numbers but label, identifier and subject
 * @param mode whether cells are changed
 * @param policy which findings change cells
 * @param findings name of a field to put the findings in
 * @param review what somebody who knows says of some cells
 */
public record Repair(
    Optional<List<String>> fields,
    Mode mode,
    Policy policy,
    Optional<String> findings,
    List<Review> review)
    implements Fitter<SampledRows> {

  /** What is done with what was found. */
  public enum Mode {
    /** Cells are changed where the confidence suffices. */
    APPLY,
    /** No cell is changed; the findings are added as a field. */
    PROPOSE
  }

  /** What the findings of a sample look like. */
  public static final Type FINDINGS =
      Type.parse("list<struct<field:text,rule:text,confidence:double,repair:text>>");

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "Fields to look at; by default all texts and numbers, without label, identifiers"
                      + " and subject.",
                  "要检查的字段；默认为标签、标识符和主体以外的全部文本和数值字段。"))
          .optional();

  private static final Param<Mode> MODE =
      Param.choice(
              "mode",
              Mode.class,
              new Localized(
                  "apply changes cells; propose changes none and adds the findings as a field.",
                  "apply 修改单元格；propose 不修改，只把发现写入一个字段。"))
          .or(Mode.APPLY);

  private static final Param<Double> CONFIDENCE =
      Param.fraction("confidence", new Localized("Least confidence of a change.", "修改单元格所需的最低置信度。"))
          .or(0.6);

  private static final Param<Policy.Unrepaired> UNREPAIRED =
      Param.choice(
              "unrepaired",
              Policy.Unrepaired.class,
              new Localized(
                  "What becomes of wrong cells whose right value is not known: impossible makes"
                      + " missing only what is no value of its field (a missing token, a text"
                      + " among numbers).",
                  "无法确定正确值的错误单元格如何处理：impossible 仅把不属于该字段的值（缺失标记、数值中的文本）置为缺失。"))
          .or(Policy.Unrepaired.IMPOSSIBLE);

  private static final Param<String> NAME =
      Param.text(
              "findings",
              new Localized(
                  "Name of a field for what was found (field, rule, confidence, repair); with"
                      + " mode: propose findings by default.",
                  "用于存放发现（字段、规则、置信度、修复值）的字段名；mode: propose 时默认为 findings。"))
          .optional();

  private static final Param<List<Review>> REVIEW =
      new Param<>(
          "review",
          Param.Kind.LIST,
          "-",
          Review.RULE,
          new Localized(
              "Cells somebody has looked at: a field, a sample by id or the value found, and a"
                  + " verdict (right, wrong) or the correct value.",
              "人工核对过的单元格：字段、样本 id 或所见的值，以及结论（right、wrong）或正确值。"),
          Param.Necessity.DEFAULTED,
          List.of(),
          value -> {
            if (!(value instanceof List<?> list)) {
              throw new IllegalArgumentException(Review.RULE);
            }
            List<Review> reviews = new ArrayList<>();
            list.forEach(one -> reviews.add(Review.of(one)));
            return List.copyOf(reviews);
          },
          reviews -> reviews.stream().map(Review::plain).toList(),
          Map.of("type", "array", "items", Map.of("type", "object")));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.repair",
          new Localized(
              "Finds and mends wrong cells of a table without labels or rules.",
              "无需标注或规则，发现并修复表格中的错误单元格。"),
          "Approximate dependencies: Huhtala et al. 1999 (TANE), The Computer Journal 42(2), g3;"
              + " edit distance: Damerau 1964, Communications of the ACM 7(3)",
          1,
          Serving.HOST,
          List.of(FIELDS, MODE, CONFIDENCE, UNREPAIRED, NAME, REVIEW),
          List.of(
              new Example(
                  "{}",
                  "[{\"c\": \"N/A\", \"d\": \"x\"}, {\"c\": \"y\", \"d\": \"x\"}]",
                  "[{\"c\": null, \"d\": \"x\"}, {\"c\": \"y\", \"d\": \"x\"}]"),
              new Example(
                  "{fields: [c]}",
                  "[{\"c\": \"green\"}, {\"c\": \"green\"}, {\"c\": \"green\"}, {\"c\": \"green\"},"
                      + " {\"c\": \"gren\"}, {\"c\": \"green\"}, {\"c\": \"green\"}, {\"c\":"
                      + " \"red\"}]",
                  "[{\"c\": \"green\"}, {\"c\": \"green\"}, {\"c\": \"green\"}, {\"c\": \"green\"},"
                      + " {\"c\": \"green\"}, {\"c\": \"green\"}, {\"c\": \"green\"}, {\"c\":"
                      + " \"red\"}]"),
              new Example(
                  "{mode: propose}",
                  "[{\"c\": \"null\"}, {\"c\": \"y\"}]",
                  "[{\"c\": \"null\", \"findings\": [{\"field\": \"c\", \"rule\":"
                      + " \"missing_token\", \"confidence\": 0.99, \"repair\": null}]}, {\"c\":"
                      + " \"y\", \"findings\": []}]")),
          Repair::create);

  private static Operator create(Params params) {
    Mode mode = params.get(MODE);
    Optional<String> name = params.find(NAME);
    return new Repair(
        params.find(FIELDS),
        mode,
        new Policy(params.get(CONFIDENCE), params.get(UNREPAIRED)),
        mode == Mode.PROPOSE ? Optional.of(name.orElse("findings")) : name,
        params.get(REVIEW));
  }

  @Override
  public Schema output(Schema input) {
    int[] positions = positions(input);
    for (Review one : review) {
      int position = input.indexOf(one.field());
      if (Arrays.stream(positions).noneMatch(looked -> looked == position)) {
        throw new BindException(
            "review", "must name fields that are looked at; found: " + one.field());
      }
    }
    if (findings.isEmpty()) {
      return input;
    }
    String name = findings.get();
    if (input.indexOf(name) >= 0) {
      throw new BindException(
          "findings", "must be a new field; found: " + name + ", which is in the input");
    }
    return input.with(Field.of(name, FINDINGS));
  }

  @Override
  public SampledRows zero(Schema input, StepRun run) {
    return new SampledRows(CellTexts.of(input, positions(input)));
  }

  @Override
  public SampledRows read(DataInput in, Schema input, StepRun run) throws IOException {
    return SampledRows.read(in, CellTexts.of(input, positions(input)));
  }

  @Override
  public Fit fit(SampledRows state, Schema input) {
    CellTexts cells = CellTexts.of(input, positions(input));
    List<String> names =
        cells.positions().stream().map(position -> input.field(position).name()).toList();
    return new Fit(Rounds.learn(state, cells, policy, review, names).plain());
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    return new Repairing(
        CellTexts.of(input, positions(input)),
        policy,
        Rounds.of(fit.values()),
        mode == Mode.APPLY,
        findings.map(name -> output.field(output.indexOf(name))));
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input,
        "fields",
        fields,
        "text, long or double",
        CellTexts::fits,
        field -> !field.is(Role.LABEL) && !field.is(Role.IDENTIFIER) && !field.is(Role.SUBJECT));
  }
}
