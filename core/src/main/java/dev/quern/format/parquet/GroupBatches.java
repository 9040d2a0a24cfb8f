package dev.quern.format.parquet;

import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.DoubleColumn;
import dev.quern.data.Field;
import dev.quern.data.FloatColumn;
import dev.quern.data.LongColumn;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.jspecify.annotations.Nullable;

/** The row groups of one file as columns of a schema, in pieces of the size of a batch. */
final class GroupBatches {
  private final ParquetFile file;
  private final Schema schema;
  private final LeafValues.Trust trust;

  /** For each field the shape in the file, or null where the file has no such field. */
  private final List<@Nullable Shape> fields = new ArrayList<>();

  private final List<Shape> extra;

  /**
   * Lays {@code schema} over {@code file}; {@code extra} are columns to read beside its fields.
   *
   * @throws DataException if the file holds a field in another type
   */
  GroupBatches(ParquetFile file, Schema schema, List<Shape> extra, LeafValues.Trust trust) {
    this.file = file;
    this.schema = schema;
    this.trust = trust;
    this.extra = extra;
    int offset = file.ids() == ParquetTypes.Ids.STORED ? 2 : 0;
    for (Field field : schema.fields()) {
      int position = file.schema().indexOf(field.name());
      if (position < 0) {
        fields.add(null);
        continue;
      }
      Shape found = file.shape(offset + position);
      Shape shape = Shapes.as(found, field.type());
      if (shape == null && !widens(found.type(), field.type())) {
        throw new DataException(
            "schema_differs",
            file.input().name()
                + ": field "
                + field.name()
                + " must be "
                + field.type()
                + " as in the other files; found: "
                + found.type()
                + "; read these files as a source of their own");
      }
      fields.add(shape == null ? found : shape);
    }
  }

  /** Returns whether values of {@code from} can be read as {@code to} without a loss that shows. */
  static boolean widens(Type from, Type to) {
    return to.equals(Type.DOUBLE) && (from.equals(Type.LONG) || from.equals(Type.FLOAT));
  }

  /** Takes the columns of some rows. */
  interface Receiver {
    /**
     * Takes {@code rows} rows, the first of them number {@code first} of the file; called before
     * the next rows are read.
     */
    void receive(Piece piece) throws IOException;
  }

  /**
   * Some rows of a file.
   *
   * @param first number in the file of the first of them
   * @param rows how many they are
   * @param columns the columns of the schema
   * @param wrong for each field the values that do not fit
   * @param group where the extra columns are
   */
  record Piece(
      long first,
      int rows,
      List<Column> columns,
      List<List<GroupReader.WrongRow>> wrong,
      GroupReader group) {}

  /**
   * Reads the groups that begin in rows [from, to) of the file.
   *
   * @return the bytes read, as stored
   */
  long read(long from, long to, Receiver receiver) throws IOException {
    long bytes = 0;
    long row = 0;
    for (int number = 0; number < file.groups().size(); number++) {
      BlockMetaData group = file.groups().get(number);
      if (row >= from && row < to && group.getRowCount() > 0) {
        bytes += read(number, group, row, receiver);
      }
      row += group.getRowCount();
    }
    return bytes;
  }

  private long read(int number, BlockMetaData group, long first, Receiver receiver)
      throws IOException {
    List<Shape> shapes = new ArrayList<>(extra);
    for (Shape shape : fields) {
      if (shape != null) {
        shapes.add(shape);
      }
    }
    List<Shape.Leaf> leaves = new ArrayList<>();
    shapes.forEach(shape -> shape.leaves(leaves));
    file.requireOpen(group, leaves.stream().map(Shape.Leaf::column).toList());
    Sizes sizes = Sizes.of(group, shapes);
    int step =
        (int)
            Math.max(
                1,
                Math.min(
                    BatchBuilder.ROWS,
                    BatchBuilder.BYTES / Math.max(1, sizes.decoded() / group.getRowCount())));
    GroupReader reader = open(number, shapes);
    for (long done = 0; done < group.getRowCount(); ) {
      int rows = (int) Math.min(step, group.getRowCount() - done);
      receiver.receive(piece(reader, first + done, rows));
      done += rows;
    }
    return sizes.stored();
  }

  /** The size of the columns read of one group. */
  private record Sizes(long stored, long decoded) {
    static Sizes of(BlockMetaData group, List<Shape> shapes) {
      Set<ColumnPath> wanted = new HashSet<>();
      for (Shape shape : shapes) {
        List<Shape.Leaf> leaves = new ArrayList<>();
        shape.leaves(leaves);
        leaves.forEach(leaf -> wanted.add(ColumnPath.get(leaf.column().getPath())));
      }
      long stored = 0;
      long decoded = 0;
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (wanted.contains(chunk.getPath())) {
          stored += chunk.getTotalSize();
          decoded += Math.max(0, chunk.getTotalUncompressedSize());
        }
      }
      return new Sizes(stored, Math.max(0, decoded));
    }
  }

  private GroupReader open(int number, List<Shape> shapes) throws IOException {
    try {
      return new GroupReader(file, number, shapes, trust);
    } catch (RuntimeException | NoClassDefFoundError | IOException e) {
      throw ParquetFile.damaged(file.input(), e);
    }
  }

  private Piece piece(GroupReader reader, long first, int rows) {
    try {
      reader.read(rows);
      List<Column> columns = new ArrayList<>();
      List<List<GroupReader.WrongRow>> wrong = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        Shape shape = fields.get(i);
        Type type = schema.field(i).type();
        if (shape == null) {
          columns.add(nothing(type, rows));
          wrong.add(List.of());
        } else {
          columns.add(as(reader.column(shape, rows), type, rows));
          wrong.add(reader.wrong(shape));
        }
      }
      return new Piece(first, rows, columns, wrong, reader);
    } catch (RuntimeException | NoClassDefFoundError | IOException e) {
      throw ParquetFile.damaged(file.input(), e);
    }
  }

  private static Column nothing(Type type, int rows) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (int i = 0; i < rows; i++) {
      builder.appendNull();
    }
    return builder.build();
  }

  private static Column as(Column column, Type type, int rows) {
    if (column.type().equals(type)) {
      return column;
    }
    double[] values = new double[rows];
    if (column instanceof LongColumn longs) {
      long[] whole = longs.values();
      for (int i = 0; i < rows; i++) {
        values[i] = whole[i];
      }
    } else {
      FloatColumn floats = (FloatColumn) column;
      for (int i = 0; i < rows; i++) {
        values[i] = floats.values()[i];
      }
    }
    return new DoubleColumn(values, rows, column.nulls());
  }
}
