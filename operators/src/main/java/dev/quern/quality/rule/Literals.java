package dev.quern.quality.rule;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.text.ValueParser;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Plain values of a recipe as values of a field's type. */
final class Literals {
  private Literals() {}

  /**
   * Returns the number {@code plain} exactly.
   *
   * @throws BindException if it is none
   */
  static BigDecimal number(Field field, String param, Object plain) {
    if (plain instanceof Long || plain instanceof Double number && Double.isFinite(number)) {
      return new BigDecimal(plain.toString());
    }
    throw wrong(field, param, "a number", plain);
  }

  /**
   * Returns the time {@code plain} in the unit of {@code field}: days or microseconds since 1970.
   *
   * @throws BindException if it is none
   */
  static long time(Field field, String param, Object plain) {
    byte[] bytes = plain.toString().getBytes(StandardCharsets.UTF_8);
    ColumnBuilder builder = ColumnBuilder.of(field.type());
    if (ValueParser.of(field.type()).parse(bytes, 0, bytes.length, builder) != null) {
      String form =
          field.type().equals(Type.DATE)
              ? "a date like '2024-02-29'"
              : "a time like '2024-02-29T23:59:59Z'";
      throw wrong(field, param, form, plain);
    }
    return builder.build().longAt(0);
  }

  /**
   * Returns the bytes of the text {@code plain}.
   *
   * @throws BindException if it is a number or a bool
   */
  static byte[] text(Field field, String param, Object plain) {
    if (plain instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    throw wrong(field, param, "a 'text'", plain);
  }

  static BindException wrong(Field field, String param, String form, Object plain) {
    return new BindException(
        param,
        "must be "
            + form
            + " for field "
            + field.name()
            + ", "
            + field.type()
            + "; found: "
            + plain);
  }
}
