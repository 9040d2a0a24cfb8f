package dev.quern.format.parquet;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * Quern types as Parquet types.
 *
 * <table>
 * <caption>One to one</caption>
 * <tr><td>text</td><td>BINARY (STRING)</td></tr>
 * <tr><td>long, double, float, bool</td><td>INT64, DOUBLE, FLOAT, BOOLEAN</td></tr>
 * <tr><td>decimal(p,s)</td><td>INT32 for p ≤ 9, INT64 for p ≤ 18, else fixed bytes (DECIMAL)</td></tr>
 * <tr><td>timestamp</td><td>INT64 (TIMESTAMP, µs, UTC)</td></tr>
 * <tr><td>date</td><td>INT32 (DATE)</td></tr>
 * <tr><td>bytes</td><td>BINARY</td></tr>
 * <tr><td>list, struct</td><td>three-level LIST, group</td></tr>
 * </table>
 */
public final class ParquetTypes {
  /** Whether a file holds ids and splits. */
  public enum Ids {
    /** The fields alone. */
    NONE,
    /** The columns {@code _id} and {@code _split} come first. */
    STORED
  }

  /** The column of ids. */
  public static final String ID = "_id";

  /** The column of splits. */
  public static final String SPLIT = "_split";

  /** The only part of a struct without parts, which Parquet does not know; never set. */
  static final String EMPTY_STRUCT = "quern.empty";

  private ParquetTypes() {}

  /** Returns how samples of {@code schema} lie in a file. */
  public static MessageType message(Schema schema, Ids ids) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    if (ids == Ids.STORED) {
      message.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY).length(16).named(ID);
      message.required(PrimitiveTypeName.INT32).named(SPLIT);
    }
    for (Field field : schema.fields()) {
      message.addField(parquet(field.type(), columnName(field.name(), ids)));
    }
    return message.named("quern");
  }

  /**
   * Returns the name of the column of a field: its own, or with one more underscore in front where
   * it could be taken for the id or split.
   */
  public static String columnName(String field, Ids ids) {
    if (ids == Ids.NONE || !field.startsWith("_")) {
      return field;
    }
    int at = 0;
    while (at < field.length() && field.charAt(at) == '_') {
      at++;
    }
    String rest = field.substring(at);
    return rest.equals("id") || rest.equals("split") ? "_" + field : field;
  }

  private static org.apache.parquet.schema.Type parquet(Type type, String name) {
    return switch (type.kind()) {
      case TEXT ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case LONG -> Types.optional(PrimitiveTypeName.INT64).named(name);
      case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
      case FLOAT -> Types.optional(PrimitiveTypeName.FLOAT).named(name);
      case BOOL -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
      case TIMESTAMP ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
              .named(name);
      case DATE ->
          Types.optional(PrimitiveTypeName.INT32).as(LogicalTypeAnnotation.dateType()).named(name);
      case BYTES -> Types.optional(PrimitiveTypeName.BINARY).named(name);
      case DECIMAL -> decimal((Type.Decimal) type, name);
      case LIST ->
          Types.optionalList()
              .element(parquet(((Type.ListOf) type).element(), "element"))
              .named(name);
      case STRUCT -> struct(((Type.Struct) type).schema(), name);
    };
  }

  private static org.apache.parquet.schema.Type decimal(Type.Decimal type, String name) {
    LogicalTypeAnnotation annotation =
        LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
    if (type.precision() <= 9) {
      return Types.optional(PrimitiveTypeName.INT32).as(annotation).named(name);
    }
    if (type.precision() <= 18) {
      return Types.optional(PrimitiveTypeName.INT64).as(annotation).named(name);
    }
    return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        .length(decimalBytes(type.precision()))
        .as(annotation)
        .named(name);
  }

  /** Returns the fewest bytes of a two's complement number of {@code precision} digits. */
  static int decimalBytes(int precision) {
    return java.math.BigInteger.TEN.pow(precision).subtract(java.math.BigInteger.ONE).bitLength()
            / 8
        + 1;
  }

  private static GroupType struct(Schema schema, String name) {
    Types.GroupBuilder<GroupType> group = Types.optionalGroup();
    for (Field field : schema.fields()) {
      group.addField(parquet(field.type(), field.name()));
    }
    if (schema.size() == 0) {
      group.optional(PrimitiveTypeName.BOOLEAN).named(EMPTY_STRUCT);
    }
    return group.named(name);
  }
}
