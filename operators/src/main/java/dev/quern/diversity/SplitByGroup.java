package dev.quern.diversity;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.Keys;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.engine.Linking;
import dev.quern.engine.Mapping;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Linker;
import dev.quern.operator.Mapper;
import dev.quern.operator.Step;
import dev.quern.operator.StepRun;
import java.util.List;
import java.util.Optional;

/**
 * {@code diversity.split} by group: samples of one group go where a draw on the group's value says,
 * so a group never lies in two splits; fractions hold for groups, in expectation. With several
 * fields, samples that share a value of any of them are connected, and whole connected components
 * are drawn. A sample without a group is a group of its own.
 *
 * @param fractions wanted sizes
 * @param from which samples are divided
 * @param fields the group fields; absent: those with the role group
 */
record SplitByGroup(Fractions fractions, Split.From from, Optional<List<String>> fields)
    implements Mapper, Linker {
  /** The field that holds a sample's component on the way; recipes cannot name it. */
  private static final String COMPONENT = "#component";

  @Override
  public boolean givesSplits() {
    return true;
  }

  @Override
  public Schema output(Schema input) {
    positions(input);
    return input;
  }

  @Override
  public Samples apply(List<Samples> inputs, Step step) {
    Samples input = inputs.get(0);
    Schema output = output(input.schema());
    return positions(input.schema()).length == 1
        ? input.map(step.task(), output)
        : input.connect(step.task(), COMPONENT).map(step.task(), output);
  }

  @Override
  public Linking links(Schema input, StepRun run) {
    int[] positions = positions(input);
    return new Linking() {
      @Override
      public int links() {
        return positions.length;
      }

      @Override
      public boolean link(int number, Batch batch, int row, CanonicalForm link) {
        Column column = batch.column(positions[number]);
        if (column.isNull(row)) {
          return false;
        }
        link.put(column, row);
        return true;
      }
    };
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    int component = input.indexOf(COMPONENT);
    int position = component >= 0 ? component : positions(input)[0];
    long seed = run.run().stepSeed(run.label());
    CanonicalForm form = new CanonicalForm();
    Hash128 hash = new Hash128();
    return (batch, out) -> {
      Column groups = batch.column(position);
      Keys keys = batch.keys();
      Batch divided =
          Split.divided(
              batch,
              from,
              row -> {
                long high = keys.idHigh(row);
                long low = keys.idLow(row);
                if (!groups.isNull(row)) {
                  form.reset().put(groups, row);
                  hash.hash(form.bytes(), 0, form.length(), 0);
                  high = hash.high();
                  low = hash.low();
                }
                return fractions.of(RunContext.unit(RunContext.draw(seed, high, low)));
              });
      out.keep(component >= 0 ? divided.with(output, without(divided, component)) : divided);
    };
  }

  private static List<Column> without(Batch batch, int position) {
    List<Column> columns = new java.util.ArrayList<>(batch.columns());
    columns.remove(position);
    return columns;
  }

  private int[] positions(Schema input) {
    List<String> names =
        fields.orElseGet(
            () ->
                input.fields().stream()
                    .filter(field -> field.is(Role.GROUP))
                    .map(Field::name)
                    .toList());
    if (names.isEmpty()) {
      throw new BindException(
          "fields",
          "must name a group field for by: group; found: none, and no field has the role group");
    }
    return FieldChoice.named(input, "fields", names, "scalars", field -> field.type().isScalar());
  }
}
