package dev.quern.quality.profile;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The mergeable profile of one field. */
final class FieldProfile {
  final Field field;
  long samples;
  long missing;
  Values values;
  Labels labels;

  FieldProfile(Field field, int exact) {
    this(field, Values.of(field, exact), new Labels(field));
  }

  private FieldProfile(Field field, Values values, Labels labels) {
    this.field = field;
    this.values = values;
    this.labels = labels;
  }

  /**
   * Adds the selected values and mixes each into its sample's content.
   *
   * @param contents one per selected sample
   */
  void add(Batch batch, Column column, long[] contents, Scratch scratch) {
    samples += contents.length;
    missing += values.add(batch, column, contents, scratch);
    labels.add(batch, column);
  }

  long present() {
    return samples - missing;
  }

  void merge(FieldProfile other) {
    samples += other.samples;
    missing += other.missing;
    values.settle();
    other.values.settle();
    values.merge(other.values);
    labels.merge(other.labels);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(samples);
    out.writeLong(missing);
    values.settle();
    values.write(out);
    labels.write(out);
  }

  static FieldProfile read(DataInput in, Field field, int exact) throws IOException {
    long samples = in.readLong();
    long missing = in.readLong();
    Values values = Values.read(in, field, exact);
    FieldProfile profile = new FieldProfile(field, values, Labels.read(in, field));
    profile.samples = samples;
    profile.missing = missing;
    return profile;
  }
}
