package dev.quern.format.parquet;

import dev.quern.data.Type;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * A Quern type laid over the columns of a Parquet file, with the levels that tell presence.
 *
 * <p>Levels follow Dremel (Melnik et al. 2010): a leaf stores for each entry how much of its path
 * is defined and at which list it repeats.
 */
sealed interface Shape {

  /** Returns the Quern type of the values. */
  Type type();

  /** Returns the first leaf below: its levels tell the presence of everything above it. */
  Leaf firstLeaf();

  /** Adds the leaves below to {@code leaves}, in file order. */
  void leaves(List<Leaf> leaves);

  /**
   * A column of the file.
   *
   * @param type the type of its values
   * @param column the column
   * @param coding how a stored value becomes a value of the type
   */
  record Leaf(Type type, ColumnDescriptor column, Coding coding) implements Shape {
    @Override
    public Leaf firstLeaf() {
      return this;
    }

    @Override
    public void leaves(List<Leaf> leaves) {
      leaves.add(this);
    }
  }

  /**
   * A struct.
   *
   * @param present definition level from which the struct is there
   * @param parts its parts, in order
   * @param marker the column that only tells presence, in {@code parts}' place where there are none
   */
  record Group(Type.Struct type, int present, List<Shape> parts, List<Leaf> marker)
      implements Shape {
    @Override
    public Leaf firstLeaf() {
      return parts.isEmpty() ? marker.get(0) : parts.get(0).firstLeaf();
    }

    @Override
    public void leaves(List<Leaf> leaves) {
      leaves.addAll(marker);
      parts.forEach(part -> part.leaves(leaves));
    }
  }

  /**
   * A list.
   *
   * @param present definition level from which the list is there
   * @param filled definition level from which an element is there
   * @param repeat repetition level of a further element
   * @param element what it holds
   */
  record Many(Type.ListOf type, int present, int filled, int repeat, Shape element)
      implements Shape {
    @Override
    public Leaf firstLeaf() {
      return element.firstLeaf();
    }

    @Override
    public void leaves(List<Leaf> leaves) {
      element.leaves(leaves);
    }
  }

  /** How a stored value becomes a Quern value. */
  enum Coding {
    BOOL,
    INT32,
    UINT32,
    INT64,
    UINT64,
    MILLIS,
    MICROS,
    NANOS,
    INT96,
    FLOAT,
    FLOAT16,
    DOUBLE,
    DECIMAL_INT32,
    DECIMAL_INT64,
    DECIMAL_BYTES,
    TEXT,
    UUID,
    BYTES
  }
}
