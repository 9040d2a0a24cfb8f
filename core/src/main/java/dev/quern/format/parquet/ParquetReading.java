package dev.quern.format.parquet;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.engine.Source;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * Reads any Parquet files as samples: one for each row, its id from source, file and row. Fields
 * are found by name; a file that lacks one gives nulls, fields that are not asked for are not read.
 * Values that do not fit (texts that are not UTF-8, times out of range) set their row aside.
 */
public final class ParquetReading implements Reading {
  private final Source source;
  private final List<ParquetInput> files;
  private final Schema schema;
  private final Footers footers;

  /** Makes the code that reads the fields {@code schema} of {@code files}, none encrypted. */
  public ParquetReading(Source source, List<ParquetInput> files, Schema schema) {
    this(source, files, schema, FieldKeys.NONE);
  }

  /**
   * Makes the code that reads the fields {@code schema} of {@code files}.
   *
   * @param keys finds the keys of those that are encrypted
   */
  public ParquetReading(Source source, List<ParquetInput> files, Schema schema, FieldKeys keys) {
    this.source = source;
    this.files = List.copyOf(files);
    this.schema = schema;
    this.footers = new Footers(this.files, keys);
  }

  /** Returns the fields of {@code files}, none of which is read with a key. */
  public static Schema infer(List<ParquetInput> files) throws IOException {
    return infer(files, FieldKeys.NONE);
  }

  /**
   * Returns the fields of {@code files}, in the order in which they first appear. Where files
   * differ, long and float widen to double.
   *
   * @param keys finds the keys of files whose footers are encrypted
   * @throws DataException if a file cannot be read, or types of a field cannot be brought together
   */
  public static Schema infer(List<ParquetInput> files, FieldKeys keys) throws IOException {
    Schema schema = new Schema(List.of());
    for (ParquetInput input : files) {
      try (ParquetFile file = ParquetFile.open(input, keys)) {
        for (Field found : file.schema().fields()) {
          Field known = schema.field(found.name()).orElse(found);
          schema = schema.with(known.typed(together(input, known, found.type())));
        }
      }
    }
    return schema;
  }

  private static Type together(ParquetInput input, Field known, Type found) {
    Type type = known.type();
    if (type.equals(found) || GroupBatches.widens(found, type)) {
      return type;
    }
    if (GroupBatches.widens(type, found)) {
      return found;
    }
    if ((type.equals(Type.LONG) && found.equals(Type.FLOAT))
        || (type.equals(Type.FLOAT) && found.equals(Type.LONG))) {
      return Type.DOUBLE;
    }
    throw new DataException(
        "schema_differs",
        input.name()
            + ": field "
            + known.name()
            + " must be "
            + type
            + " as in the files before; found: "
            + found
            + "; read these files as a source of their own");
  }

  @Override
  public long bytes() {
    return files.stream().mapToLong(ParquetInput::bytes).sum();
  }

  @Override
  public String file(int number) {
    return files.get(number).name();
  }

  @Override
  public MorselCutter cutter(long morselBytes) {
    return new GroupCutter(files, source.number(), morselBytes, footers::open);
  }

  @Override
  public Read read(Morsel morsel, Outcome out) throws IOException {
    long bytes = 0;
    long[] samples = {0};
    for (int number = morsel.firstFile(); number <= morsel.lastFile(); number++) {
      int f = number;
      try (ParquetFile file = footers.open(f)) {
        bytes +=
            new GroupBatches(file, schema, List.of(), LeafValues.Trust.FOREIGN)
                .read(
                    f == morsel.firstFile() ? morsel.from() : 0,
                    f == morsel.lastFile() ? morsel.to() : Long.MAX_VALUE,
                    piece -> {
                      samples[0] += piece.rows();
                      hand(piece, f, out);
                    });
        file.checkUnchanged();
      }
    }
    return new Read(bytes, 0, samples[0]);
  }

  private void hand(GroupBatches.Piece piece, int file, Outcome out) {
    Batch batch = Batch.of(schema, piece.columns(), keys(piece, file));
    BitSet wrong = new BitSet();
    for (int field = 0; field < schema.size(); field++) {
      for (GroupReader.WrongRow row : piece.wrong().get(field)) {
        if (!wrong.get(row.row())) {
          wrong.set(row.row());
          out.quarantine(
              new Place(source.number(), file, piece.first() + row.row(), 0),
              schema.field(field).name(),
              row.fault(),
              row.raw());
        }
      }
    }
    if (!wrong.isEmpty()) {
      int[] rows = new int[piece.rows()];
      int size = 0;
      for (int row = 0; row < piece.rows(); row++) {
        if (!wrong.get(row)) {
          rows[size++] = row;
        }
      }
      batch = batch.select(rows, size);
    }
    if (batch.count() > 0) {
      out.keep(batch);
    }
  }

  private Keys keys(GroupBatches.Piece piece, int file) {
    Hash128 hash = new Hash128();
    // The bytes of SampleId.of(source, file, row, 0); their beginning is hashed once.
    hash.reset().putText(source.name()).putText(files.get(file).name()).begin();
    long origin = (long) source.number() << 32 | file;
    return Keys.inTurn(hash, origin, piece.first(), piece.rows(), Split.NONE);
  }
}
