package dev.quern.predict;

import dev.quern.data.Column;
import dev.quern.data.LongColumn;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.List;

/** Adds 1 to the age on the host, and 2 in a graph: the fault that must be found. */
record Plus() implements Mapper {
  static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.plus",
          new Localized("Adds.", "加。"),
          "definition",
          1,
          Serving.GRAPH,
          List.of(),
          List.of(),
          params -> new Plus());

  @Override
  public Schema output(Schema input) {
    return input;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    int age = input.indexOf("age");
    return (batch, out) -> {
      Column column = batch.column(age);
      long[] more = new long[column.size()];
      for (int i = 0; i < more.length; i++) {
        more[i] = column.isNull(i) ? 0 : column.longAt(i) + 1;
      }
      out.keep(
          batch.with(
              input.field(age), new LongColumn(Type.LONG, more, more.length, column.nulls())));
    };
  }

  @Override
  public void emit(GraphFields graph) {
    GraphFields.Value age = graph.value("age");
    String two = graph.graph().constant("two", new double[] {2}, 1, 1);
    graph.set(age.field(), graph.graph().node("Add", List.of(age.tensor(), two)));
  }
}
