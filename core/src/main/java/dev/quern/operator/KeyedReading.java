package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Hash128;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.engine.Fault;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import java.io.IOException;
import java.util.List;

/**
 * A read whose sample ids are the hash of declared key fields instead of the position, so that they
 * survive new files. A sample that lacks all of them is quarantined as {@code missing_key}.
 */
final class KeyedReading implements Reading {
  private final Reading reading;
  private final int[] fields;
  private final String names;

  KeyedReading(Reading reading, Schema schema, List<String> key) {
    this.reading = reading;
    this.fields = key.stream().mapToInt(schema::indexOf).toArray();
    this.names = String.join(", ", key);
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
    return reading.read(morsel, new KeyedOutcome(out));
  }

  private final class KeyedOutcome implements Outcome {
    private final Outcome out;
    private final CanonicalForm form = new CanonicalForm();
    private final Hash128 hash = new Hash128();

    KeyedOutcome(Outcome out) {
      this.out = out;
    }

    @Override
    public void keep(Batch batch) {
      Keys.Builder keys = new Keys.Builder();
      int[] rows = new int[batch.count()];
      int kept = 0;
      Keys old = batch.keys();
      for (int row = 0, next = 0; row < batch.rows(); row++) {
        boolean selected = next < batch.count() && batch.row(next) == row;
        if (!selected) {
          keys.append(old, row);
          continue;
        }
        next++;
        if (missing(batch, row)) {
          keys.append(old, row);
          out.quarantine(batch, row, names, Fault.of("missing_key", "a value in " + names));
          continue;
        }
        form.reset();
        for (int field : fields) {
          form.put(batch.column(field), row);
        }
        hash.hash(form.bytes(), 0, form.length(), 0);
        keys.append(
            hash.high(),
            hash.low(),
            old.origin(row),
            old.position(row),
            old.child(row),
            old.splitCode(row));
        rows[kept++] = row;
      }
      out.keep(batch.with(keys.build()).select(rows, kept));
    }

    private boolean missing(Batch batch, int row) {
      for (int field : fields) {
        if (!batch.column(field).isNull(row)) {
          return false;
        }
      }
      return true;
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
    public void quarantine(Batch batch, int row, String field, Fault fault) {
      out.quarantine(batch, row, field, fault);
    }

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {
      out.quarantine(place, field, fault, raw);
    }
  }
}
