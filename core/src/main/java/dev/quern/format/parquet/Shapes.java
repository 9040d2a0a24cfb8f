package dev.quern.format.parquet;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.format.parquet.Shape.Coding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Lays Quern types over any Parquet file.
 *
 * <p>Small and unsigned whole numbers widen to long, unsigned 64 bits to decimal(20,0); times of
 * day are longs in their unit; timestamps of any unit become µs (finer ones cut off), those without
 * a zone are taken as UTC; enums, JSON and UUIDs are text; maps are lists of key and value; lists
 * of two and three levels and bare repeated fields are lists.
 */
final class Shapes {
  /** Names on the way to a value: a level of a type is at most a list and its element. */
  private static final int MAX_PATH = 2 * Type.MAX_DEPTH + 4;

  private final MessageType message;

  private Shapes(MessageType message) {
    this.message = message;
  }

  /** A type that has no place in Quern. */
  static final class Unsupported extends Exception {
    private static final long serialVersionUID = 1L;

    Unsupported(String message) {
      super(message);
    }
  }

  /** Returns the shapes of the fields of {@code message}, in order. */
  static List<Shape> of(MessageType message) throws Unsupported {
    Shapes shapes = new Shapes(message);
    List<Shape> fields = new ArrayList<>();
    for (org.apache.parquet.schema.Type field : message.getFields()) {
      Shape shape = shapes.shape(field, new String[0], 0, 0);
      if (shape.type().depth() > Type.MAX_DEPTH) {
        throw tooDeep();
      }
      fields.add(shape);
    }
    return fields;
  }

  private static Unsupported tooDeep() {
    return new Unsupported(
        "fields must have at most "
            + Type.MAX_DEPTH
            + " lists and structs within each other; found: more");
  }

  /** Returns {@code shape} with the values of {@code type}, or null if its values are others. */
  static @Nullable Shape as(Shape shape, Type type) {
    if (shape.type().equals(type)) {
      return shape;
    }
    if (shape instanceof Shape.Many many && type instanceof Type.ListOf list) {
      Shape element = as(many.element(), list.element());
      return element == null
          ? null
          : new Shape.Many(list, many.present(), many.filled(), many.repeat(), element);
    }
    if (shape instanceof Shape.Group group
        && type instanceof Type.Struct struct
        && group.type().schema().names().equals(struct.schema().names())) {
      List<Shape> parts = new ArrayList<>();
      for (int i = 0; i < group.parts().size(); i++) {
        Shape part = as(group.parts().get(i), struct.schema().field(i).type());
        if (part == null) {
          return null;
        }
        parts.add(part);
      }
      return new Shape.Group(struct, group.present(), parts, group.marker());
    }
    return null;
  }

  private Shape shape(
      org.apache.parquet.schema.Type type, String[] above, int defined, int repeated)
      throws Unsupported {
    if (above.length > MAX_PATH) {
      throw tooDeep();
    }
    if (type.isRepetition(org.apache.parquet.schema.Type.Repetition.REPEATED)) {
      Shape element = single(type, path(above, type), defined + 1, repeated + 1);
      return new Shape.Many(
          new Type.ListOf(element.type()), defined, defined + 1, repeated + 1, element);
    }
    boolean optional = type.isRepetition(org.apache.parquet.schema.Type.Repetition.OPTIONAL);
    return single(type, path(above, type), optional ? defined + 1 : defined, repeated);
  }

  /**
   * Returns the shape of {@code type} at {@code path}, which is there from level {@code present}.
   */
  private Shape single(
      org.apache.parquet.schema.Type type, String[] path, int present, int repeated)
      throws Unsupported {
    if (type.isPrimitive()) {
      return leaf(type.asPrimitiveType(), path);
    }
    GroupType group = type.asGroupType();
    LogicalTypeAnnotation annotation = group.getLogicalTypeAnnotation();
    boolean oneRepeated =
        group.getFieldCount() == 1
            && group.getType(0).isRepetition(org.apache.parquet.schema.Type.Repetition.REPEATED);
    if (oneRepeated && annotation instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
      return list(group, path, present, repeated);
    }
    if (oneRepeated
        && (annotation instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
            || annotation instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation)
        && !group.getType(0).isPrimitive()
        && group.getType(0).asGroupType().getFieldCount() == 2) {
      GroupType entry = group.getType(0).asGroupType();
      Shape element =
          struct(entry, path(path, entry), present + 1, repeated + 1, List.of("key", "value"));
      return many(present, repeated, element);
    }
    return struct(group, path, present, repeated, List.of());
  }

  private Shape list(GroupType group, String[] path, int present, int repeated) throws Unsupported {
    org.apache.parquet.schema.Type middle = group.getType(0);
    String[] below = path(path, middle);
    if (!isElement(group, middle)) {
      return many(
          present,
          repeated,
          shape(middle.asGroupType().getType(0), below, present + 1, repeated + 1));
    }
    return many(present, repeated, single(middle, below, present + 1, repeated + 1));
  }

  /** Tells the two-level lists by the rules of the Parquet format, "backward compatibility". */
  private static boolean isElement(GroupType list, org.apache.parquet.schema.Type middle) {
    if (middle.isPrimitive() || middle.asGroupType().getFieldCount() != 1) {
      return true;
    }
    org.apache.parquet.schema.Type inner = middle.asGroupType().getType(0);
    return inner.isRepetition(org.apache.parquet.schema.Type.Repetition.REPEATED)
        || middle.getName().equals("array")
        || middle.getName().equals(list.getName() + "_tuple");
  }

  private static Shape many(int present, int repeated, Shape element) {
    return new Shape.Many(
        new Type.ListOf(element.type()), present, present + 1, repeated + 1, element);
  }

  private Shape struct(
      GroupType group, String[] path, int present, int repeated, List<String> names)
      throws Unsupported {
    if (group.getFieldCount() == 1
        && group.getType(0).isPrimitive()
        && group.getType(0).getName().equals(ParquetTypes.EMPTY_STRUCT)) {
      Shape.Leaf marker = leaf(group.getType(0).asPrimitiveType(), path(path, group.getType(0)));
      return new Shape.Group(
          new Type.Struct(new Schema(List.of())), present, List.of(), List.of(marker));
    }
    List<Field> fields = new ArrayList<>();
    List<Shape> parts = new ArrayList<>();
    for (int i = 0; i < group.getFieldCount(); i++) {
      Shape part = shape(group.getType(i), path, present, repeated);
      parts.add(part);
      fields.add(Field.of(names.isEmpty() ? group.getFieldName(i) : names.get(i), part.type()));
    }
    return new Shape.Group(new Type.Struct(new Schema(fields)), present, parts, List.of());
  }

  private static String[] path(String[] above, org.apache.parquet.schema.Type type) {
    String[] path = Arrays.copyOf(above, above.length + 1);
    path[above.length] = type.getName();
    return path;
  }

  private Shape.Leaf leaf(PrimitiveType type, String[] path) throws Unsupported {
    Coding coding = coding(type);
    Type quern =
        switch (coding) {
          case BOOL -> Type.BOOL;
          case INT32, UINT32, INT64 ->
              type.getLogicalTypeAnnotation()
                      instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation
                  ? Type.DATE
                  : Type.LONG;
          case UINT64 -> new Type.Decimal(20, 0);
          case MILLIS, MICROS, NANOS, INT96 -> Type.TIMESTAMP;
          case FLOAT, FLOAT16 -> Type.FLOAT;
          case DOUBLE -> Type.DOUBLE;
          case DECIMAL_INT32, DECIMAL_INT64, DECIMAL_BYTES -> decimal(type);
          case TEXT, UUID -> Type.TEXT;
          case BYTES -> Type.BYTES;
        };
    return new Shape.Leaf(quern, message.getColumnDescription(path), coding);
  }

  private static Type decimal(PrimitiveType type) throws Unsupported {
    LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal =
        (LogicalTypeAnnotation.DecimalLogicalTypeAnnotation) type.getLogicalTypeAnnotation();
    int precision = decimal.getPrecision();
    int scale = decimal.getScale();
    if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
      throw new Unsupported(
          "decimals must have a precision in [1, 38] (digits) and a scale up to it; found: "
              + precision
              + " and "
              + scale);
    }
    return new Type.Decimal(precision, scale);
  }

  private static Coding coding(PrimitiveType type) {
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    boolean decimal = annotation instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> Coding.BOOL;
      case INT32 ->
          decimal ? Coding.DECIMAL_INT32 : isUnsigned(annotation) ? Coding.UINT32 : Coding.INT32;
      case INT64 -> {
        if (annotation instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation stamp) {
          yield coding(stamp.getUnit());
        }
        yield decimal
            ? Coding.DECIMAL_INT64
            : isUnsigned(annotation) ? Coding.UINT64 : Coding.INT64;
      }
      case INT96 -> Coding.INT96;
      case FLOAT -> Coding.FLOAT;
      case DOUBLE -> Coding.DOUBLE;
      case BINARY, FIXED_LEN_BYTE_ARRAY -> {
        if (decimal) {
          yield Coding.DECIMAL_BYTES;
        }
        if (annotation instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
            || annotation instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
            || annotation instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
          yield Coding.TEXT;
        }
        if (annotation instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation) {
          yield Coding.UUID;
        }
        yield annotation instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation
            ? Coding.FLOAT16
            : Coding.BYTES;
      }
    };
  }

  private static Coding coding(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> Coding.MILLIS;
      case MICROS -> Coding.MICROS;
      case NANOS -> Coding.NANOS;
    };
  }

  private static boolean isUnsigned(LogicalTypeAnnotation annotation) {
    return annotation instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation number
        && !number.isSigned();
  }
}
