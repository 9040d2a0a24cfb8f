package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sets fields to the values of expressions, new ones or in place of those of the same name.
 *
 * <p>Every expression sees the sample as it came in, so their order does not matter; new fields
 * follow the others in the order of their names. A replaced field keeps its roles.
 *
 * @param fields expressions by name of the field they make, see {@link Expression}
 */
public record Derive(SortedMap<String, String> fields) implements Mapper {
  private static final Param<Map<String, String>> FIELDS =
      Param.textMap(
          "fields",
          Param.Kind.MAP,
          "a map from field name to expression",
          new Localized(
              "the expression for each field that is made or replaced.", "每个新建或替换字段的表达式"));

  /** The description of this operator. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.derive",
          new Localized("Sets fields to the values of expressions.", "将字段设为表达式的值。"),
          "definition",
          1,
          Serving.GRAPH,
          List.of(FIELDS),
          List.of(
              new Example(
                  "{fields: {bmi: \"weight / (height * height)\", adult: \"age >= 18\"}}",
                  "[{\"weight\": 81, \"height\": 1.5, \"age\": 30},"
                      + " {\"weight\": 50, \"height\": null, \"age\": 7}]",
                  "[{\"weight\": 81, \"height\": 1.5, \"age\": 30, \"adult\": true, \"bmi\": 36.0},"
                      + " {\"weight\": 50, \"height\": null, \"age\": 7, \"adult\": false,"
                      + " \"bmi\": null}]"),
              new Example(
                  "{fields: {name: \"lower(trim(name))\"}}",
                  "[{\"name\": \" Ada \"}]",
                  "[{\"name\": \"ada\"}]")),
          params -> new Derive(new TreeMap<>(params.get(FIELDS))));

  /** Makes the operator; the map is copied. */
  public Derive {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    SortedMap<String, BoundExpression> bound = bound(input);
    Set<String> names = new LinkedHashSet<>();
    for (String name : made) {
      BoundExpression expression = bound.get(name);
      names.addAll(expression == null ? Set.of(name) : expression.fields());
    }
    return names;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (Map.Entry<String, BoundExpression> entry : bound(input).entrySet()) {
      output = output.with(made(input, entry.getKey(), entry.getValue()));
    }
    return output;
  }

  private static Field made(Schema input, String name, BoundExpression expression) {
    return input
        .field(name)
        .map(field -> field.typed(expression.type()))
        .orElseGet(() -> Field.of(name, expression.type()));
  }

  private SortedMap<String, BoundExpression> bound(Schema input) {
    if (fields.isEmpty()) {
      throw new BindException("fields", "must have a field at least; found: none");
    }
    SortedMap<String, BoundExpression> bound = new TreeMap<>();
    fields.forEach(
        (name, text) -> {
          if (name.isEmpty()) {
            throw new BindException("fields", "field name must not be empty; found: nothing");
          }
          try {
            bound.put(name, Expression.parse(text).bind(input));
          } catch (ExpressionException e) {
            throw new BindException("fields", name + ": " + e.getMessage());
          }
        });
    return bound;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    SortedMap<String, BoundExpression> bound = bound(input);
    return (batch, out) -> out.keep(derive(batch, output, bound));
  }

  private static Batch derive(
      Batch batch, Schema output, SortedMap<String, BoundExpression> bound) {
    Column[] columns = new Column[output.size()];
    for (int i = 0; i < batch.schema().size(); i++) {
      columns[i] = batch.column(i);
    }
    bound.forEach((name, expression) -> columns[output.indexOf(name)] = expression.evaluate(batch));
    return batch.with(output, List.of(columns));
  }

  @Override
  public Serving serving(Schema input, Serving declared) {
    boolean graph =
        bound(input).values().stream()
            .allMatch(e -> e.emittable() && GraphFields.supports(e.type()));
    return graph ? declared : Serving.HOST;
  }

  @Override
  public void emit(GraphFields scope) {
    List<Field> known = new ArrayList<>();
    scope.values().values().forEach(value -> known.add(value.field()));
    Schema input = new Schema(known);
    SortedMap<String, String> tensors = new TreeMap<>();
    SortedMap<String, BoundExpression> bound = bound(input);
    bound.forEach(
        (name, expression) ->
            tensors.put(
                name, expression.emit(scope.graph(), field -> scope.value(field).tensor())));
    tensors.forEach(
        (name, tensor) -> {
          BoundExpression expression = bound.get(name);
          if (expression != null) {
            scope.set(made(input, name, expression), tensor);
          }
        });
  }
}
