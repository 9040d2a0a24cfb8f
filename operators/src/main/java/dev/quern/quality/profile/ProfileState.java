package dev.quern.quality.profile;

import dev.quern.data.Batch;
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

  private ProfileState(List<FieldProfile> fields, DrawnSamples drawn, SmallestHashes contents) {
    this.fields = fields;
    this.drawn = drawn;
    this.contents = contents;
  }

  /** Returns the profile of no samples of {@code schema}. */
  public static ProfileState of(Schema schema) {
    List<FieldProfile> fields = new ArrayList<>();
    schema.fields().forEach(field -> fields.add(new FieldProfile(field, exact(schema))));
    return new ProfileState(fields, new DrawnSamples(schema), new SmallestHashes(CONTENTS));
  }

  private static int exact(Schema schema) {
    return Math.max(256, Math.min(EXACT, EXACT_OF_ALL / Math.max(1, schema.size())));
  }

  @Override
  public void add(Batch batch) {
    long[] content = new long[batch.count()];
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).add(batch, batch.column(i), content, scratch);
    }
    for (int i = 0; i < content.length; i++) {
      content[i] = Values.hash(content[i]);
    }
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
    return new ProfileState(fields, DrawnSamples.read(in, schema), contents);
  }
}
