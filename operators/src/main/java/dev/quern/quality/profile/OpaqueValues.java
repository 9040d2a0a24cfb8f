package dev.quern.quality.profile;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The values of a field of bytes, lists or structs; of bytes, numbers are lengths in bytes. */
final class OpaqueValues extends Values {
  Summary lengths = new Summary();

  @Override
  long add(Batch batch, Column column, long[] contents, Scratch scratch) {
    CanonicalForm form = new CanonicalForm();
    Hash128 hash = new Hash128();
    Slice slice = new Slice();
    boolean bytes = column.type().kind() == Type.Kind.BYTES;
    long missing = 0;
    for (int i = 0; i < contents.length; i++) {
      int row = batch.row(i);
      if (column.isNull(row)) {
        contents[i] = content(contents[i], MISSING);
        missing++;
        continue;
      }
      long hashed;
      if (bytes) {
        column.sliceAt(row, slice);
        hashed = hash.hash(slice.bytes, slice.start, slice.end, 0).high();
        lengths.add(slice.length(), 1);
      } else {
        form.reset().put(column, row);
        hashed = hash.hash(form.bytes(), 0, form.length(), 0).high();
      }
      contents[i] = content(contents[i], hashed);
      add(hashed, 1);
    }
    return missing;
  }

  @Override
  void merge(Values values) {
    OpaqueValues other = (OpaqueValues) values;
    mergeDistinct(other);
    lengths.merge(other.lengths);
  }

  @Override
  void write(DataOutput out) throws IOException {
    writeDistinct(out);
    lengths.write(out);
  }

  static OpaqueValues read(DataInput in) throws IOException {
    OpaqueValues values = new OpaqueValues();
    values.readDistinct(in);
    values.lengths = Summary.read(in);
    return values;
  }
}
