package dev.quern.format.parquet;

import dev.quern.data.Column;
import dev.quern.data.ListColumn;
import dev.quern.data.Nulls;
import dev.quern.data.StructColumn;
import dev.quern.engine.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;

/** Reads columns of one row group, some rows at a time. */
final class GroupReader {
  private final Map<ColumnDescriptor, ChunkReader> chunks = new LinkedHashMap<>();

  /**
   * A value that does not fit its type.
   *
   * @param row in which of the rows read last
   */
  record WrongRow(int row, Fault fault, byte[] raw) {}

  /** Opens {@code shapes} of group {@code number} of {@code file}. */
  GroupReader(ParquetFile file, int number, List<Shape> shapes, LeafValues.Trust trust)
      throws IOException {
    List<Shape.Leaf> leaves = new ArrayList<>();
    shapes.forEach(shape -> shape.leaves(leaves));
    if (leaves.isEmpty()) {
      return;
    }
    PageReadStore pages =
        file.read(number, leaves.stream().map(Shape.Leaf::column).toList(), trust);
    for (Shape.Leaf leaf : leaves) {
      chunks.put(
          leaf.column(),
          new ChunkReader(leaf, pages.getPageReader(leaf.column()), new LeafValues(leaf, trust)));
    }
  }

  /** Reads the next {@code rows} rows of every column. */
  void read(int rows) throws IOException {
    for (ChunkReader chunk : chunks.values()) {
      chunk.read(rows);
    }
  }

  /** Returns the chunk of {@code leaf}. */
  ChunkReader chunk(Shape.Leaf leaf) {
    ChunkReader chunk = chunks.get(leaf.column());
    if (chunk == null) {
      throw new IllegalStateException("column must have been opened");
    }
    return chunk;
  }

  /** Returns the values of {@code shape} in the {@code rows} rows read last. */
  Column column(Shape shape, int rows) throws IOException {
    return column(shape, rows, 0, 0);
  }

  /**
   * Returns the values of {@code shape}, of which there is one for each entry that repeats at most
   * at {@code repeat} and is defined at least to {@code filled}.
   */
  private Column column(Shape shape, int slots, int repeat, int filled) throws IOException {
    ChunkReader chunk = chunk(shape.firstLeaf());
    if (shape instanceof Shape.Group group) {
      Nulls.Builder nulls = new Nulls.Builder();
      int slot = 0;
      for (int i = 0; i < chunk.entries(); i++) {
        if (chunk.repetition(i) <= repeat && chunk.definition(i) >= filled) {
          if (chunk.definition(i) < group.present()) {
            nulls.set(slot);
          }
          slot++;
        }
      }
      same(slot, slots);
      List<Column> parts = new ArrayList<>();
      for (Shape part : group.parts()) {
        parts.add(column(part, slots, repeat, filled));
      }
      return new StructColumn(group.type(), parts, slots, nulls.build());
    }
    return shape instanceof Shape.Many many
        ? list(many, chunk, slots, repeat, filled)
        : leaf(chunk, slots, repeat, filled);
  }

  private Column list(Shape.Many many, ChunkReader chunk, int slots, int repeat, int filled)
      throws IOException {
    Nulls.Builder nulls = new Nulls.Builder();
    int[] starts = new int[slots + 1];
    int slot = 0;
    int elements = 0;
    for (int i = 0; i < chunk.entries(); i++) {
      int repetition = chunk.repetition(i);
      int definition = chunk.definition(i);
      if (repetition <= repeat && definition >= filled) {
        if (slot == slots) {
          throw new IOException("columns of a group must agree");
        }
        if (definition < many.present()) {
          nulls.set(slot);
        }
        starts[slot++] = elements;
      }
      if (repetition <= many.repeat() && definition >= many.filled()) {
        elements++;
      }
    }
    same(slot, slots);
    starts[slots] = elements;
    Column inner = column(many.element(), elements, many.repeat(), many.filled());
    return new ListColumn(many.type(), starts, inner, slots, nulls.build());
  }

  private static Column leaf(ChunkReader chunk, int slots, int repeat, int filled)
      throws IOException {
    int full = chunk.full();
    if (full == 0) {
      return chunk.values().column(slots, Nulls.NONE);
    }
    if (chunk.hasNulls() && filled == 0) {
      same(chunk.entries(), slots);
      return chunk.values().column(slots, chunk.nulls());
    }
    Nulls.Builder nulls = new Nulls.Builder();
    int slot = 0;
    for (int i = 0; i < chunk.entries(); i++) {
      int definition = chunk.definition(i);
      if (chunk.repetition(i) <= repeat && definition >= filled) {
        if (slot == slots) {
          throw new IOException("columns of a group must agree");
        }
        if (definition < full) {
          nulls.set(slot);
        }
        slot++;
      }
    }
    same(slot, slots);
    return chunk.values().column(slots, nulls.build());
  }

  private static void same(int found, int slots) throws IOException {
    if (found != slots) {
      throw new IOException("columns of a group must agree");
    }
  }

  /** Returns the values of {@code shape} that do not fit, in the rows read last. */
  List<WrongRow> wrong(Shape shape) {
    List<Shape.Leaf> leaves = new ArrayList<>();
    shape.leaves(leaves);
    List<WrongRow> rows = new ArrayList<>();
    for (Shape.Leaf leaf : leaves) {
      ChunkReader chunk = chunk(leaf);
      List<LeafValues.Wrong> wrong = chunk.values().wrong();
      if (!wrong.isEmpty()) {
        int[] row = rowsOfValues(chunk);
        for (LeafValues.Wrong value : wrong) {
          rows.add(new WrongRow(row[value.index()], value.fault(), value.raw()));
        }
      }
    }
    return rows;
  }

  private static int[] rowsOfValues(ChunkReader chunk) {
    int[] rows = new int[chunk.entries()];
    int row = -1;
    int value = 0;
    for (int i = 0; i < chunk.entries(); i++) {
      if (chunk.repetition(i) == 0) {
        row++;
      }
      if (chunk.definition(i) == chunk.full()) {
        rows[value++] = row;
      }
    }
    return Arrays.copyOf(rows, value);
  }
}
