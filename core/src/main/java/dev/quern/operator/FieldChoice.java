package dev.quern.operator;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The fields a step works on: named in the recipe, or chosen by a rule. */
public final class FieldChoice {
  private FieldChoice() {}

  /**
   * Returns the positions of the fields called {@code names}, in that order.
   *
   * @param param name of the parameter, for problems
   * @param rule what the fields must be, as it stands in errors, for example {@code text}
   * @throws BindException if a name is unknown or stands twice, or a field breaks the rule
   */
  public static int[] named(
      Schema input, String param, List<String> names, String rule, Predicate<Field> fits) {
    int[] positions = new int[names.size()];
    for (int i = 0; i < positions.length; i++) {
      String name = names.get(i);
      positions[i] = position(input, param, name);
      Field field = input.field(positions[i]);
      if (!fits.test(field)) {
        throw new BindException(
            param, "must name fields that are " + rule + "; found: " + name + ", " + field.type());
      }
      if (names.indexOf(name) != i) {
        throw new BindException(param, "must name each field once; found twice: " + name);
      }
    }
    return positions;
  }

  /** Returns the positions of the fields called {@code names}, of any type. */
  public static int[] named(Schema input, String param, List<String> names) {
    return named(input, param, names, "any", field -> true);
  }

  /**
   * Returns the positions of the fields called {@code names}, or, where none are given, of all
   * fields that fit both predicates.
   *
   * @throws BindException as {@link #named}
   */
  public static int[] orAll(
      Schema input,
      String param,
      Optional<List<String>> names,
      String rule,
      Predicate<Field> fits,
      Predicate<Field> byDefault) {
    if (names.isPresent()) {
      return named(input, param, names.get(), rule, fits);
    }
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < input.size(); i++) {
      if (fits.test(input.field(i)) && byDefault.test(input.field(i))) {
        chosen.add(i);
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns the position of the field called {@code name}; a BindException if there is none. */
  public static int position(Schema input, String param, String name) {
    int position = input.indexOf(name);
    if (position < 0) {
      throw new BindException(
          param,
          "must name fields of the input; found: "
              + name
              + Suggestion.of(name, input.names())
              + "; fields: "
              + String.join(", ", input.names()));
    }
    return position;
  }
}
