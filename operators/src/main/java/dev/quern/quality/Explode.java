package dev.quern.quality;

import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.ListColumn;
import dev.quern.data.Sample;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Expander;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one sample of each element of a list: the field holds the element, all other fields are
 * those of the sample. Children come in the order of the list, with ids of their own and the split
 * of their parent; a missing element is a child whose field is missing.
 *
 * <p>A sample whose list is empty or missing has no element: it is dropped as {@code no_children}
 * or becomes one child whose field is missing. An identifier is that of the parent, so it is no
 * longer unique.
 *
 * @param field the list
 * @param empty what becomes of a sample without elements
 */
public record Explode(String field, Empty empty) implements Expander {

  /** What becomes of a sample without elements. */
  public enum Empty {
    DROP,
    KEEP
  }

  private static final Param<String> FIELD =
      Param.field("field", new Localized("The list.", "要展开的列表字段。"));

  private static final Param<Empty> EMPTY =
      Param.choice(
              "empty",
              Empty.class,
              new Localized(
                  "What becomes of a sample whose list is empty or missing: it is dropped, or kept"
                      + " with the field missing.",
                  "列表为空或缺失的样本如何处理：丢弃，或保留且该字段缺失。"))
          .or(Empty.DROP);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.explode",
          new Localized("Makes one sample of each element of a list.", "把列表的每个元素变成一个样本。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, EMPTY),
          List.of(
              new Example(
                  "{field: tags}",
                  "[{\"id\": 1, \"tags\": [\"a\", null, \"b\"]}, {\"id\": 2, \"tags\": []}]",
                  "[{\"id\": 1, \"tags\": \"a\"}, {\"id\": 1, \"tags\": null},"
                      + " {\"id\": 1, \"tags\": \"b\"}]"),
              new Example(
                  "{field: n, empty: keep}",
                  "[{\"n\": [7, 8], \"x\": true}, {\"n\": null, \"x\": false}]",
                  "[{\"n\": 7, \"x\": true}, {\"n\": 8, \"x\": true}, {\"n\": null, \"x\": false}]")),
          params -> new Explode(params.get(FIELD), params.get(EMPTY)));

  @Override
  public Schema output(Schema input) {
    int position = FieldChoice.position(input, "field", field);
    Field list = input.field(position);
    if (!(list.type() instanceof Type.ListOf of)) {
      throw new BindException(
          "field", "must name a field that is a list; found: " + field + ", " + list.type());
    }
    List<Field> fields = new ArrayList<>(input.fields());
    fields.set(position, list.typed(of.element()));
    return new Schema(fields);
  }

  @Override
  public Expansion bind(Schema input, Schema output, StepRun run) {
    int position = input.indexOf(field);
    return (sample, children) -> expand(sample, position, children);
  }

  private int expand(Sample sample, int position, BatchBuilder children) {
    ListColumn lists = (ListColumn) sample.batch().column(position);
    boolean missing = sample.isNull(position);
    int from = missing ? 0 : lists.start(sample.row());
    int to = missing ? 0 : lists.end(sample.row());
    if (from == to && empty == Empty.KEEP) {
      children.column(position).appendNull();
      others(sample, position, children);
      return 1;
    }
    for (int element = from; element < to; element++) {
      children.column(position).append(lists.elements(), element);
      others(sample, position, children);
    }
    return to - from;
  }

  private static void others(Sample sample, int position, BatchBuilder children) {
    for (int i = 0; i < sample.schema().size(); i++) {
      if (i != position) {
        Column column = sample.batch().column(i);
        children.column(i).append(column, sample.row());
      }
    }
  }
}
