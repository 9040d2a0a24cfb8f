package dev.quern.acquire;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a field of synthetic samples is made: a generator by itself, or an expression over earlier
 * fields in which generators stand for numbers drawn anew for each sample.
 *
 * @param field name of the field
 * @param generators in the order they stand
 * @param expression over earlier fields and {@link #drawn}; empty for a generator by itself
 */
record Formula(String field, List<Generator> generators, Optional<Expression> expression) {
  private static final Pattern CALL =
      Pattern.compile("\\b(sequence|uniform|integer|normal|choice|date)\\s*\\(([^()]*)\\)");

  /**
   * Parses the text of a field.
   *
   * @throws IllegalArgumentException if it is neither a generator nor an expression
   */
  static Formula parse(String field, String text) {
    Matcher call = CALL.matcher(text);
    List<Generator> generators = new ArrayList<>();
    StringBuilder rest = new StringBuilder();
    while (call.find()) {
      call.appendReplacement(rest, Matcher.quoteReplacement(drawn(field, generators.size())));
      generators.add(Generator.of(call.group(1), call.group(2)));
    }
    call.appendTail(rest);
    if (generators.size() == 1 && rest.toString().strip().equals(drawn(field, 0))) {
      return new Formula(field, generators, Optional.empty());
    }
    try {
      return new Formula(field, generators, Optional.of(Expression.parse(rest.toString())));
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Returns the name under which an expression sees its generator {@code number}. */
  static String drawn(String field, int number) {
    StringBuilder name = new StringBuilder("drawn_").append(number);
    field.codePoints().forEach(c -> name.append('_').append(Integer.toHexString(c)));
    return name.toString();
  }

  /** Returns the fields that the expression sees: earlier ones and the drawn ones. */
  Schema seen(Schema earlier) {
    Schema seen = earlier;
    for (int i = 0; i < generators.size(); i++) {
      seen = seen.with(Field.of(drawn(field, i), generators.get(i).type()));
    }
    return seen;
  }

  /**
   * Returns the type of the field.
   *
   * @throws ExpressionException if the expression does not fit the earlier fields
   */
  Type type(Schema earlier) {
    return expression.isEmpty()
        ? generators.get(0).type()
        : expression.get().bind(seen(earlier)).type();
  }
}
