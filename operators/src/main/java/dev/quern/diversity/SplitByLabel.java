package dev.quern.diversity;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Mapping;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Step;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ExactQuantiles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code diversity.split} by label: for each label (missing is one of them) the samples in the
 * order of a draw on their ids are cut where the fractions say, so each label has its fractions
 * exactly, up to one sample (largest remainder). 16 bytes of memory per sample.
 *
 * @param fractions wanted sizes
 * @param from which samples are divided
 * @param fields the label field; absent: the one with the role label
 */
record SplitByLabel(Fractions fractions, Split.From from, Optional<List<String>> fields)
    implements Fitter<SplitByLabel.Draws> {

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
  public Draws zero(Schema input, StepRun run) {
    return new Draws(position(input), from, run.run().stepSeed(run.label()));
  }

  @Override
  public Draws read(DataInput in, Schema input, StepRun run) throws IOException {
    Draws draws = zero(input, run);
    draws.readState(in);
    return draws;
  }

  @Override
  public Fit fit(Draws state, Schema input) {
    Map<String, @Nullable Object> limits = new LinkedHashMap<>();
    state.byLabel.forEach((label, draws) -> limits.put(label, Limits.of(draws, fractions).plain()));
    return new Fit(limits);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    int position = position(input);
    long seed = run.run().stepSeed(run.label());
    Map<String, Limits> limits = new HashMap<>();
    fit.values().forEach((label, plain) -> limits.put(label, Limits.read(plain)));
    Labels labels = new Labels();
    return (batch, out) -> {
      Column column = batch.column(position);
      Keys keys = batch.keys();
      out.keep(
          Split.divided(
              batch,
              from,
              row -> {
                long draw = RunContext.draw(seed, keys.idHigh(row), keys.idLow(row));
                Limits found = limits.get(labels.of(column, row));
                // A label that was not there when the limits were made has no exact fractions.
                return found == null ? fractions.of(RunContext.unit(draw)) : found.of(draw);
              }));
    };
  }

  private int position(Schema input) {
    List<String> names =
        fields.orElseGet(() -> input.first(Role.LABEL).map(Field::name).stream().toList());
    if (names.size() != 1) {
      throw new BindException(
          "fields",
          "must name one label field for by: label; found: "
              + (names.isEmpty() ? "none, and no field has the role label" : names.size()));
    }
    return FieldChoice.named(
        input,
        "fields",
        names,
        "text, long or bool",
        field ->
            field.type().equals(Type.TEXT)
                || field.type().equals(Type.LONG)
                || field.type().equals(Type.BOOL))[0];
  }

  /** Names of labels: the canonical form in hexadecimal digits. */
  private static final class Labels {
    private final CanonicalForm form = new CanonicalForm();

    String of(Column column, int row) {
      form.reset().put(column, row);
      return HexFormat.of().formatHex(form.bytes(), 0, form.length());
    }
  }

  /** The draws of the samples of each label. */
  static final class Draws implements Accumulator<Draws> {
    private static final int VERSION = 1;

    private final TreeMap<String, ExactQuantiles> byLabel = new TreeMap<>();
    private final Labels labels = new Labels();
    private final int position;
    private final Split.From from;
    private final long seed;

    Draws(int position, Split.From from, long seed) {
      this.position = position;
      this.from = from;
      this.seed = seed;
    }

    @Override
    public void add(Batch batch) {
      Column column = batch.column(position);
      Keys keys = batch.keys();
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (from.takes(keys.splitCode(row))) {
          byLabel
              .computeIfAbsent(labels.of(column, row), label -> new ExactQuantiles())
              .add(RunContext.draw(seed, keys.idHigh(row), keys.idLow(row)));
        }
      }
    }

    @Override
    public void merge(Draws other) {
      other.byLabel.forEach(
          (label, draws) ->
              byLabel.computeIfAbsent(label, absent -> new ExactQuantiles()).merge(draws));
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeByte(VERSION);
      out.writeInt(byLabel.size());
      for (Map.Entry<String, ExactQuantiles> entry : byLabel.entrySet()) {
        byte[] label = HexFormat.of().parseHex(entry.getKey());
        out.writeInt(label.length);
        out.write(label);
        entry.getValue().write(out);
      }
    }

    private void readState(DataInput in) throws IOException {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("draws: version of the state must be 1; found: " + version);
      }
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        byte[] label = new byte[in.readInt()];
        in.readFully(label);
        byLabel.put(HexFormat.of().formatHex(label), ExactQuantiles.read(in));
      }
    }
  }
}
