package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a condition is true, sets fields to the values of expressions. Every expression sees the
 * sample as it came in; a value is converted to the type of its field and is missing where it does
 * not fit. A cell that gets another value is traced under the rule's name.
 *
 * @param when the condition, see {@link Expression}
 * @param set expressions by name of the field they set
 * @param rule name of the rule in traces
 */
public record RepairRule(String when, SortedMap<String, String> set, String rule)
    implements Mapper {
  private static final Param<String> WHEN =
      Param.expression(
          "when", new Localized("The condition under which fields are set.", "设置字段的条件。"));

  private static final Param<Map<String, String>> SET =
      Param.textMap(
          "set",
          Param.Kind.FIELD_MAP,
          "a map from field name to expression",
          new Localized("The expression for each field that is set.", "每个被设置字段的表达式。"));

  private static final Param<String> RULE =
      Param.text("rule", new Localized("Name of the rule in traces.", "规则在记录中的名称。"))
          .where(
              "snake_case: small letters, digits and underscores",
              name ->
                  !name.isEmpty()
                      && name.chars()
                          .allMatch(c -> c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9'))
          .or("rule");

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.repair_rule",
          new Localized(
              "Sets fields to the values of expressions where a condition is true.",
              "在条件成立时把字段设为表达式的值。"),
          "definition",
          1,
          Serving.HOST,
          List.of(WHEN, SET, RULE),
          List.of(
              new Example(
                  "{when: \"height > 3\", set: {height: height / 100}, rule: centimetres}",
                  "[{\"height\": 1.8}, {\"height\": 175.0}, {\"height\": null}]",
                  "[{\"height\": 1.8}, {\"height\": 1.75}, {\"height\": null}]"),
              new Example(
                  "{when: \"city = 'NYC'\", set: {city: \"'New York'\", state: \"'NY'\"}}",
                  "[{\"city\": \"NYC\", \"state\": null}, {\"city\": \"Boston\", \"state\": \"MA\"}]",
                  "[{\"city\": \"New York\", \"state\": \"NY\"}, {\"city\": \"Boston\", \"state\":"
                      + " \"MA\"}]")),
          params ->
              new RepairRule(params.get(WHEN), new TreeMap<>(params.get(SET)), params.get(RULE)));

  /** Makes the operator; the map is copied. */
  public RepairRule {
    set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    Set<String> read = new LinkedHashSet<>(made);
    bound(input)
        .forEach(
            (name, expression) -> {
              if (made.contains(name)) {
                read.addAll(condition(input).fields());
                read.addAll(expression.fields());
              }
            });
    return read;
  }

  @Override
  public Schema output(Schema input) {
    condition(input);
    bound(input);
    return input;
  }

  private BoundExpression condition(Schema input) {
    try {
      return Expression.parse(when).bindCondition(input);
    } catch (ExpressionException e) {
      throw new BindException("when", String.valueOf(e.getMessage()));
    }
  }

  private SortedMap<String, BoundExpression> bound(Schema input) {
    if (set.isEmpty()) {
      throw new BindException("set", "must have a field at least; found: none");
    }
    SortedMap<String, BoundExpression> bound = new TreeMap<>();
    set.forEach(
        (name, text) -> {
          Field field = input.field(FieldChoice.position(input, "set", name));
          try {
            Expression.parse(text);
            bound.put(
                name, Expression.parse("CAST((" + text + ") AS " + field.type() + ")").bind(input));
          } catch (ExpressionException e) {
            throw new BindException("set", name + ": " + e.getMessage());
          }
        });
    return bound;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    return new Setting(condition(input), bound(input), rule);
  }

  private static final class Setting implements Mapping {
    private final BoundExpression condition;
    private final SortedMap<String, BoundExpression> bound;
    private final String rule;
    private int[] rows = {};

    Setting(BoundExpression condition, SortedMap<String, BoundExpression> bound, String rule) {
      this.condition = condition;
      this.bound = bound;
      this.rule = rule;
    }

    @Override
    public void map(Batch batch, Outcome out) {
      if (rows.length < batch.count()) {
        rows = new int[batch.count()];
      }
      int count = condition.test(batch, rows);
      Batch set = batch;
      if (count > 0) {
        Batch chosen = batch.select(java.util.Arrays.copyOf(rows, count), count);
        for (Map.Entry<String, BoundExpression> entry : bound.entrySet()) {
          int position = batch.schema().indexOf(entry.getKey());
          Column values = entry.getValue().evaluate(chosen);
          set =
              set.with(batch.schema().field(position), merged(batch, position, values, count, out));
        }
      }
      out.keep(set);
    }

    private Column merged(Batch batch, int position, Column values, int count, Outcome out) {
      Column before = batch.column(position);
      ColumnBuilder after = ColumnBuilder.of(before.type());
      int next = 0;
      for (int row = 0; row < before.size(); row++) {
        boolean chosen = next < count && rows[next] == row;
        next += chosen ? 1 : 0;
        after.append(chosen ? values : before, row);
        if (chosen) {
          Object value = values.valueAt(row);
          if (!Objects.equals(value, before.valueAt(row))) {
            out.change(batch, row, batch.schema().field(position).name(), rule, 1, value);
          }
        }
      }
      return after.build();
    }
  }
}
