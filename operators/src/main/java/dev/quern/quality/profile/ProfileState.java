package dev.quern.quality.profile;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.operator.Metric;
import dev.quern.statistics.SmallestHashes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The mergeable profile of samples: of each field, of the samples as wholes, and of what relates
 * fields to each other. Profiles of parts merged in any order equal the profile of the whole, byte
 * by byte.
 *
 * <p>Memory is bounded whatever the samples are: values are counted one by one up to 2^20 / fields
 * (at most 4,096) distinct ones per field, beyond by sketches.
 */
public final class ProfileState implements Accumulator<ProfileState> {
  private static final int VERSION = 3;

  /** Distinct contents of samples whose counts tell how many are repeated. */
  private static final int CONTENTS = 1024;

  /** Distinct values of a field that are counted one by one, see {@link #exact}. */
  private static final int EXACT = 4096;

  private static final int EXACT_OF_ALL = 1 << 20;

  private final List<FieldProfile> fields;
  private final DrawnSamples drawn;
  private final SmallestHashes contents;
  private final Scratch scratch = new Scratch();

  /** Positions of the profiled fields in batches; empty for all. */
  private int[] positions = {};

  private Schema projected = new Schema(List.of());
  private boolean projects;

  private ProfileState(List<FieldProfile> fields, DrawnSamples drawn, SmallestHashes contents) {
    this.fields = fields;
    this.drawn = drawn;
    this.contents = contents;
  }

  /** Returns the profile of no samples of {@code schema}. */
  public static ProfileState of(Schema schema) {
    return of(schema, List.of());
  }

  /** Returns the state of no samples that never sees the fields {@code without}. */
  public static ProfileState of(Schema input, List<String> without) {
    Schema schema = rest(input, without);
    return empty(schema).seeing(input, schema);
  }

  private static Schema rest(Schema input, List<String> without) {
    return new Schema(input.fields().stream().filter(f -> !without.contains(f.name())).toList());
  }

  private ProfileState seeing(Schema input, Schema schema) {
    if (schema.size() < input.size()) {
      projects = true;
      projected = schema;
      positions = schema.names().stream().mapToInt(input::indexOf).toArray();
    }
    return this;
  }

  private Batch seen(Batch batch) {
    if (!projects) {
      return batch;
    }
    List<Column> columns = new ArrayList<>();
    for (int position : positions) {
      columns.add(batch.column(position));
    }
    return batch.with(projected, columns);
  }

  private static ProfileState empty(Schema schema) {
    List<FieldProfile> fields = new ArrayList<>();
    schema.fields().forEach(field -> fields.add(new FieldProfile(field, exact(schema))));
    return new ProfileState(fields, new DrawnSamples(schema), new SmallestHashes(CONTENTS));
  }

  private static int exact(Schema schema) {
    return Math.max(256, Math.min(EXACT, EXACT_OF_ALL / Math.max(1, schema.size())));
  }

  @Override
  public void add(Batch whole) {
    Batch batch = seen(whole);
    long[] content = new long[batch.count()];
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).add(batch, batch.column(i), content, scratch);
    }
    Values.hashAll(content);
    contents.add(content, 0, content.length);
    drawn.add(batch);
  }

  @Override
  public void merge(ProfileState other) {
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).merge(other.fields.get(i));
    }
    contents.merge(other.contents);
    drawn.merge(other.drawn);
  }

  /** Returns what the profile tells: field by field, then of the samples as wholes. */
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).values.settle();
      new FieldMetrics(fields.get(i), metrics).describe(drawn.column(i), drawn.isComplete());
    }
    new Relations(drawn, metrics).describe();
    new Wholes(contents, metrics).describe();
    return metrics;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    for (FieldProfile field : fields) {
      field.write(out);
    }
    contents.write(out);
    drawn.write(out);
  }

  /**
   * Returns the profile of samples of {@code schema} that was written.
   *
   * @throws IOException if it is of another version
   */
  public static ProfileState read(DataInput in, Schema schema) throws IOException {
    return read(in, schema, List.of());
  }

  /** Reads the written state of a profile that never sees the fields {@code without}. */
  public static ProfileState read(DataInput in, Schema input, List<String> without)
      throws IOException {
    Schema schema = rest(input, without);
    return read(in, schema, input);
  }

  private static ProfileState read(DataInput in, Schema schema, Schema input) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "profile: version of the state must be " + VERSION + "; found: " + version);
    }
    List<FieldProfile> fields = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      fields.add(FieldProfile.read(in, schema.field(i), exact(schema)));
    }
    SmallestHashes contents = SmallestHashes.read(in);
    return new ProfileState(fields, DrawnSamples.read(in, schema), contents).seeing(input, schema);
  }
}
