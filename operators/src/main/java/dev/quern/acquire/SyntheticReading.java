package dev.quern.acquire;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.expression.BoundExpression;
import dev.quern.format.source.SampleKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes samples by formulas; position is the number of the sample. */
final class SyntheticReading implements Reading {
  /** The place of samples that come from no file. */
  private static final InputFile NOWHERE = new InputFile("synthetic", "", 0, 0);

  /** What a value counts for cutting, in bytes. */
  private static final int VALUE_BYTES = 8;

  private final Source source;
  private final long samples;
  private final List<Formula> formulas;
  private final Schema schema;
  private final RunContext run;

  SyntheticReading(
      Source source, long samples, List<Formula> formulas, Schema schema, RunContext run) {
    this.source = source;
    this.samples = samples;
    this.formulas = formulas;
    this.schema = schema;
    this.run = run;
  }

  @Override
  public long bytes() {
    return samples * schema.size() * VALUE_BYTES;
  }

  @Override
  public String file(int number) {
    return NOWHERE.name();
  }

  @Override
  public MorselCutter cutter(long morselBytes) {
    return new Cutter(Math.max(1, morselBytes / (VALUE_BYTES * (long) schema.size())));
  }

  @Override
  public Read read(Morsel morsel, Outcome out) {
    SampleKeys sampleKeys = new SampleKeys(source);
    sampleKeys.begin(NOWHERE, 0);
    Maker maker = new Maker();
    for (long from = morsel.from(); from < morsel.to(); from += BatchBuilder.ROWS) {
      int count = (int) Math.min(BatchBuilder.ROWS, morsel.to() - from);
      Keys.Builder keys = new Keys.Builder();
      for (int i = 0; i < count; i++) {
        sampleKeys.append(from + i, keys);
      }
      out.keep(maker.make(keys.build()));
    }
    return new Read(0, 0, morsel.to() - morsel.from());
  }

  /** Makes batches in one thread. */
  private final class Maker {
    private final List<@Nullable BoundExpression> bound = new ArrayList<>();

    Maker() {
      List<Field> earlier = new ArrayList<>();
      for (int i = 0; i < formulas.size(); i++) {
        Formula formula = formulas.get(i);
        Schema seen = formula.seen(new Schema(earlier));
        bound.add(formula.expression().map(e -> e.bind(seen)).orElse(null));
        earlier.add(schema.field(i));
      }
    }

    Batch make(Keys keys) {
      Batch batch = Batch.of(new Schema(List.of()), List.of(), keys);
      for (int i = 0; i < formulas.size(); i++) {
        Formula formula = formulas.get(i);
        Batch seen = batch;
        Column last = null;
        for (int g = 0; g < formula.generators().size(); g++) {
          String name = Formula.drawn(formula.field(), g);
          last = draw(formula.generators().get(g), "acquire.synthetic " + name, keys);
          seen = seen.with(Field.of(name, last.type()), last);
        }
        BoundExpression expression = bound.get(i);
        if (expression != null) {
          last = expression.evaluate(seen);
        }
        if (last != null) {
          batch = batch.with(schema.field(i), last);
        }
      }
      return batch;
    }

    private Column draw(Generator generator, String step, Keys keys) {
      long seed = run.stepSeed(step);
      ColumnBuilder column = ColumnBuilder.of(generator.type());
      for (int row = 0; row < keys.size(); row++) {
        long bits = RunContext.draw(seed, keys.idHigh(row), keys.idLow(row));
        generator.append(keys.position(row), bits, column);
      }
      return column.build();
    }
  }

  private final class Cutter implements MorselCutter {
    private final long perMorsel;
    private int ordinal;
    private long from;

    Cutter(long perMorsel) {
      this.perMorsel = perMorsel;
    }

    @Override
    public synchronized @Nullable Morsel next() {
      if (from >= samples) {
        return null;
      }
      long to = Math.min(samples, from + perMorsel);
      Morsel morsel = new Morsel(ordinal++, source.number(), 0, 0, from, to, null);
      from = to;
      return morsel;
    }

    @Override
    public synchronized void skip(Morsel finished) {
      from = finished.to();
      ordinal = finished.ordinal() + 1;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
