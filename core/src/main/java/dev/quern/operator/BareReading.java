package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.engine.Fault;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A read that keeps of input which became no sample where it stood and which rule it broke, not its
 * bytes and their mask: they may be those of a subject that is forgotten.
 */
final class BareReading implements Reading {
  private final Reading reading;

  BareReading(Reading reading) {
    this.reading = reading;
  }

  @Override
  public long bytes() {
    return reading.bytes();
  }

  @Override
  public String file(int number) {
    return reading.file(number);
  }

  @Override
  public MorselCutter cutter(long morselBytes) throws IOException {
    return reading.cutter(morselBytes);
  }

  @Override
  public MorselCutter places(long morselBytes) throws IOException {
    return reading.places(morselBytes);
  }

  @Override
  public Read read(Morsel morsel, Outcome out) throws IOException {
    return reading.read(morsel, new BareOutcome(out));
  }

  private record BareOutcome(Outcome out) implements Outcome {
    private static final byte[] NOTHING = {};

    @Override
    public void keep(Batch batch) {
      out.keep(batch);
    }

    @Override
    public void created(long samples) {
      out.created(samples);
    }

    @Override
    public void merged(long samples) {
      out.merged(samples);
    }

    @Override
    public void drop(Batch batch, int row, String reason, double measured) {
      out.drop(batch, row, reason, measured);
    }

    @Override
    public void change(
        Batch before,
        int row,
        String field,
        String rule,
        double confidence,
        @Nullable Object after) {
      out.change(before, row, field, rule, confidence, after);
    }

    @Override
    public void changed(String field, String rule, long cells) {
      out.changed(field, rule, cells);
    }

    @Override
    public void quarantine(Batch batch, int row, String field, Fault fault) {
      out.quarantine(batch, row, field, fault);
    }

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {
      out.quarantine(place, field, fault, NOTHING);
    }
  }
}
