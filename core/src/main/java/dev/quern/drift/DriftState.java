package dev.quern.drift;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the comparison of two sets of samples needs to know of one of them; collected in one
 * pass, in bounded memory, the same for any order and parts.
 */
public final class DriftState implements Accumulator<DriftState> {
  private static final int VERSION = 1;

  private final List<FieldSummary> fields;
  private final int[] positions;
  private final RowSample rows;
  private long samples;

  private DriftState(Schema schema, List<FieldSummary> fields, RowSample rows) {
    this.fields = fields;
    this.rows = rows;
    this.positions = new int[fields.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = schema.indexOf(fields.get(i).field().name());
    }
  }

  /** Returns a state of {@code fields}, which are fields of {@code schema}. */
  public static DriftState of(Schema schema, List<Field> fields) {
    return new DriftState(
        schema,
        new ArrayList<>(fields.stream().map(FieldSummary::new).toList()),
        new RowSample(schema, fields));
  }

  /** Returns the state that was written, of the same fields. */
  public static DriftState read(DataInput in, Schema schema, List<Field> fields)
      throws IOException {
    States.expect(in, "drift", VERSION);
    long samples = in.readLong();
    List<FieldSummary> read = new ArrayList<>();
    for (Field field : fields) {
      read.add(FieldSummary.read(in, field));
    }
    DriftState state = new DriftState(schema, read, RowSample.read(in, schema, fields));
    state.samples = samples;
    return state;
  }

  /** Returns the number of samples. */
  public long samples() {
    return samples;
  }

  List<FieldSummary> fields() {
    return fields;
  }

  Optional<FieldSummary> field(String name) {
    return fields.stream().filter(field -> field.field().name().equals(name)).findFirst();
  }

  RowSample rows() {
    return rows;
  }

  @Override
  public void add(Batch batch) {
    samples += batch.count();
    for (int i = 0; i < positions.length; i++) {
      fields.get(i).add(batch, batch.column(positions[i]));
    }
    rows.add(batch);
  }

  @Override
  public void merge(DriftState other) {
    samples += other.samples;
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).merge(other.fields.get(i));
    }
    rows.merge(other.rows);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(samples);
    for (FieldSummary field : fields) {
      field.write(out);
    }
    rows.write(out);
  }
}
