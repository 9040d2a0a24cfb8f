package dev.quern.diversity;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Samples;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Step;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ExactQuantiles;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code diversity.split} by time: every sample of train lies before every sample of validation,
 * and those before every sample of test. Limits are exact order statistics; samples of equal time
 * stay together in the later split, so fractions hold up to ties. A sample without a time cannot be
 * placed: quarantine, rule {@code no_time}.
 *
 * @param fractions wanted sizes
 * @param from which samples are divided
 * @param fields the time field; absent: the one with the role event_time
 */
record SplitByTime(Fractions fractions, Split.From from, Optional<List<String>> fields)
    implements Fitter<SplitByTime.Times> {
  private static final String LIMITS = "limits";

  @Override
  public boolean givesSplits() {
    return true;
  }

  @Override
  public Schema output(Schema input) {
    position(input);
    return input;
  }

  @Override
  public Samples apply(List<Samples> inputs, Step step) {
    Samples input = inputs.get(0);
    return input.map(step.fitOnAll(input), output(input.schema()));
  }

  @Override
  public Times zero(Schema input, StepRun run) {
    return new Times(position(input), from, new ExactQuantiles());
  }

  @Override
  public Times read(DataInput in, Schema input, StepRun run) throws IOException {
    return new Times(position(input), from, ExactQuantiles.read(in));
  }

  @Override
  public Fit fit(Times state, Schema input) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put(LIMITS, Limits.of(state.times, fractions).plain());
    return new Fit(values);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    int position = position(input);
    String name = input.field(position).name();
    Limits limits = Limits.read(fit.values().get(LIMITS));
    return (batch, out) -> {
      Column times = batch.column(position);
      int[] kept = new int[batch.count()];
      int size = 0;
      for (int i = 0; i < kept.length; i++) {
        int row = batch.row(i);
        if (from.takes(batch.keys().splitCode(row)) && Scalars.isMissing(times, row)) {
          out.quarantine(batch, row, name, Fault.of("no_time", "a time"));
        } else {
          kept[size++] = row;
        }
      }
      Batch placed = size == kept.length ? batch : batch.select(kept, size);
      out.keep(Split.divided(placed, from, row -> limits.of(Scalars.at(times, row))));
    };
  }

  private int position(Schema input) {
    List<String> names =
        fields.orElseGet(() -> input.first(Role.EVENT_TIME).map(Field::name).stream().toList());
    if (names.size() != 1) {
      throw new BindException(
          "fields",
          "must name one time field for by: time; found: "
              + (names.isEmpty() ? "none, and no field has the role event_time" : names.size()));
    }
    return FieldChoice.named(
        input, "fields", names, "timestamp, date, long or double", field -> isTime(field.type()))[
        0];
  }

  private static boolean isTime(Type type) {
    return switch (type.kind()) {
      case TIMESTAMP, DATE, LONG, DOUBLE -> true;
      case TEXT, FLOAT, DECIMAL, BOOL, BYTES, LIST, STRUCT -> false;
    };
  }

  /** The times of the samples that are divided. */
  static final class Times implements Accumulator<Times> {
    private final int position;
    private final Split.From from;
    private final ExactQuantiles times;

    Times(int position, Split.From from, ExactQuantiles times) {
      this.position = position;
      this.from = from;
      this.times = times;
    }

    @Override
    public void add(Batch batch) {
      Column column = batch.column(position);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (from.takes(batch.keys().splitCode(row)) && !Scalars.isMissing(column, row)) {
          times.add(Scalars.at(column, row));
        }
      }
    }

    @Override
    public void merge(Times other) {
      times.merge(other.times);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      times.write(out);
    }
  }
}
