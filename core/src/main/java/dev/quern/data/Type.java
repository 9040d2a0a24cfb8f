package dev.quern.data;

import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The closed set of value types.
 *
 * <p>The written form ({@link #toString}) is what recipes, manifests and messages use: {@code
 * text}, {@code long}, {@code double}, {@code float}, {@code decimal(10,2)}, {@code bool}, {@code
 * timestamp}, {@code date}, {@code bytes}, {@code list<long>}, {@code struct<a: long, b: text>}.
 */
public sealed interface Type extends Serializable {

  /**
   * Levels of lists and structs within each other, the outermost counted: as deep as any table
   * known to us and far from the ends of stacks and of other readers of Parquet.
   */
  int MAX_DEPTH = 30;

  /** UTF-8 text; dictionary encoding is a matter of the column, not of the type. */
  Type TEXT = new Scalar(Kind.TEXT);

  /** 64-bit signed integer. */
  Type LONG = new Scalar(Kind.LONG);

  /** IEEE 754 binary64. */
  Type DOUBLE = new Scalar(Kind.DOUBLE);

  /** IEEE 754 binary32. */
  Type FLOAT = new Scalar(Kind.FLOAT);

  /** True or false. */
  Type BOOL = new Scalar(Kind.BOOL);

  /** Microseconds since 1970-01-01T00:00:00Z. */
  Type TIMESTAMP = new Scalar(Kind.TIMESTAMP);

  /** Days since 1970-01-01. */
  Type DATE = new Scalar(Kind.DATE);

  /** Any bytes; images and sound carry a media type on their field. */
  Type BYTES = new Scalar(Kind.BYTES);

  /** The tag of a type, for exhaustive switches. */
  enum Kind {
    TEXT,
    LONG,
    DOUBLE,
    FLOAT,
    DECIMAL,
    BOOL,
    TIMESTAMP,
    DATE,
    BYTES,
    LIST,
    STRUCT
  }

  /** Returns the tag of this type. */
  Kind kind();

  /** Returns how many lists and structs lie within each other; 0 for values without parts. */
  default int depth() {
    return 0;
  }

  /** Returns whether values are numbers (long, double, float, decimal). */
  default boolean isNumber() {
    return switch (kind()) {
      case LONG, DOUBLE, FLOAT, DECIMAL -> true;
      case TEXT, BOOL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
    };
  }

  /** Returns whether values have no parts. */
  default boolean isScalar() {
    return kind() != Kind.LIST && kind() != Kind.STRUCT;
  }

  /**
   * A type without parameters.
   *
   * @param kind the tag; none of DECIMAL, LIST, STRUCT
   */
  record Scalar(Kind kind) implements Type {
    public Scalar {
      if (kind == Kind.DECIMAL || kind == Kind.LIST || kind == Kind.STRUCT) {
        throw new IllegalArgumentException("scalar type must have no parameters; found: " + kind);
      }
    }

    // Types are compared in every start; a record's own comparison is made at run time, in 15 ms.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Scalar scalar && kind == scalar.kind;
    }

    @Override
    public int hashCode() {
      return kind.hashCode();
    }

    @Override
    public String toString() {
      return kind.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An exact decimal number.
   *
   * @param precision digits in all, in [1, 38]
   * @param scale digits behind the point, in [0, precision]
   */
  record Decimal(int precision, int scale) implements Type {
    public Decimal {
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "decimal must have precision in [1, 38] and scale in [0, precision]; found: "
                + precision
                + ", "
                + scale);
      }
    }

    @Override
    public Kind kind() {
      return Kind.DECIMAL;
    }

    @Override
    public String toString() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /**
   * A list of values of one type.
   *
   * @param element the type of each element; elements may be null
   */
  record ListOf(Type element) implements Type {
    @Override
    public int depth() {
      return 1 + element.depth();
    }

    @Override
    public Kind kind() {
      return Kind.LIST;
    }

    @Override
    public String toString() {
      return "list<" + element + ">";
    }
  }

  /**
   * A value of named parts.
   *
   * @param schema the parts in order
   */
  record Struct(Schema schema) implements Type {
    @Override
    public int depth() {
      return 1 + schema.fields().stream().mapToInt(field -> field.type().depth()).max().orElse(0);
    }

    @Override
    public Kind kind() {
      return Kind.STRUCT;
    }

    @Override
    public String toString() {
      StringBuilder out = new StringBuilder("struct<");
      for (int i = 0; i < schema.size(); i++) {
        Field field = schema.field(i);
        out.append(i == 0 ? "" : ", ").append(field.name()).append(": ").append(field.type());
      }
      return out.append('>').toString();
    }
  }

  /** Returns the list type of elements of {@code element}. */
  static Type list(Type element) {
    return new ListOf(element);
  }

  /**
   * Returns the decimal type of {@code precision} digits, {@code scale} of them behind the point.
   */
  static Type decimal(int precision, int scale) {
    return new Decimal(precision, scale);
  }

  /** Returns the struct type with the fields of {@code schema}. */
  static Type struct(Schema schema) {
    return new Struct(schema);
  }

  /**
   * Parses the written form of a type.
   *
   * @throws IllegalArgumentException if {@code written} is no type; the message lists the types
   */
  static Type parse(String written) {
    return new TypeParser(written).parse();
  }
}
