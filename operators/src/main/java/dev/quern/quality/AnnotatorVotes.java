package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.label.VotePatterns;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many samples got each combination of labels in the fields of some annotators. */
final class AnnotatorVotes implements Accumulator<AnnotatorVotes> {
  private static final int VERSION = 1;

  private final int[] positions;
  private final VotePatterns patterns;

  AnnotatorVotes(int[] positions, VotePatterns patterns) {
    this.positions = positions;
    this.patterns = patterns;
  }

  static AnnotatorVotes of(int[] positions) {
    return new AnnotatorVotes(positions, new VotePatterns(positions.length));
  }

  static AnnotatorVotes read(DataInput in, int[] positions) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("annotator votes: version of the state must be 1; found: " + version);
    }
    return new AnnotatorVotes(positions, VotePatterns.read(in, positions.length));
  }

  /** Returns whether a field of {@code type} can hold labels. */
  static boolean fits(Type type) {
    return ClassNames.fits(type) || type.equals(Type.DOUBLE);
  }

  /** Returns the labels of the sample in physical row {@code row}. */
  static List<Optional<String>> votes(Batch batch, int row, int[] positions) {
    List<Optional<String>> votes = new ArrayList<>(positions.length);
    for (int position : positions) {
      votes.add(vote(batch.column(position), row));
    }
    return votes;
  }

  /** Returns a label in written form; a missing value and NaN are none. */
  static Optional<String> vote(Column column, int row) {
    Object value = column.valueAt(row);
    return Optional.ofNullable(value)
        .filter(label -> !(label instanceof Double number) || !number.isNaN())
        .map(Object::toString);
  }

  VotePatterns patterns() {
    return patterns;
  }

  @Override
  public void add(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      patterns.add(new VotePatterns.Pattern(votes(batch, batch.row(i), positions)), 1);
    }
  }

  @Override
  public void merge(AnnotatorVotes other) {
    patterns.merge(other.patterns);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    patterns.write(out);
  }
}
