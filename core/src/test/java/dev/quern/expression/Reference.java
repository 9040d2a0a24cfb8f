package dev.quern.expression;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes random expressions together with what they mean, in the plainest way. */
final class Reference {
  /** What an expression gives for a row. */
  interface Value {
    @Nullable Object at(Map<String, Object> row);
  }

  /** An expression as text and as its meaning. */
  record Part(String text, Value of) {}

  private final SplittableRandom random;

  Reference(SplittableRandom random) {
    this.random = random;
  }

  Part any(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> whole(depth);
      case 1 -> real(depth);
      case 2 -> text(depth);
      default -> bool(depth);
    };
  }

  private static Part field(String name) {
    return new Part(name, row -> row.get(name));
  }

  Part whole(int depth) {
    int kind = depth == 0 ? random.nextInt(3) : random.nextInt(12);
    switch (kind) {
      case 0 -> {
        return field("l");
      }
      case 1 -> {
        return field("m");
      }
      case 2 -> {
        long value = random.nextInt(7) - 3;
        return new Part(Long.toString(value), row -> value);
      }
      case 3 -> {
        return exact("+", BigInteger::add, whole(depth - 1), whole(depth - 1));
      }
      case 4 -> {
        return exact("-", BigInteger::subtract, whole(depth - 1), whole(depth - 1));
      }
      case 5 -> {
        return exact("*", BigInteger::multiply, whole(depth - 1), whole(depth - 1));
      }
      case 6 -> {
        return exact(
            "%",
            (a, b) -> b.signum() == 0 ? null : a.remainder(b), whole(depth - 1), whole(depth - 1));
      }
      case 7 -> {
        Part text = text(depth - 1);
        return strict(
            "length(" + text.text() + ")",
            v -> (long) ((String) v[0]).codePointCount(0, ((String) v[0]).length()),
            text);
      }
      case 8 -> {
        return coalesce(whole(depth - 1), whole(depth - 1));
      }
      case 9 -> {
        return cases(bool(depth - 1), whole(depth - 1), whole(depth - 1));
      }
      case 10 -> {
        Part value = whole(depth - 1);
        return strict(
            "abs(" + value.text() + ")",
            v -> (long) v[0] == Long.MIN_VALUE ? null : Math.abs((long) v[0]),
            value);
      }
      default -> {
        return nullif(whole(depth - 1), whole(depth - 1));
      }
    }
  }

  Part real(int depth) {
    int kind = depth == 0 ? random.nextInt(3) : random.nextInt(11);
    switch (kind) {
      case 0 -> {
        return field("d");
      }
      case 1 -> {
        return field("e");
      }
      case 2 -> {
        double value = random.nextInt(9) / 4.0;
        return new Part(Double.toString(value), row -> value);
      }
      case 3 -> {
        return approximate("+", Double::sum, real(depth - 1), real(depth - 1));
      }
      case 4 -> {
        return approximate("-", (a, b) -> a - b, real(depth - 1), whole(depth - 1));
      }
      case 5 -> {
        return approximate("*", (a, b) -> a * b, real(depth - 1), real(depth - 1));
      }
      case 6 -> {
        return approximate("/", (a, b) -> a / b, whole(depth - 1), whole(depth - 1));
      }
      case 7 -> {
        return approximate("%", (a, b) -> a % b, real(depth - 1), real(depth - 1));
      }
      case 8 -> {
        return coalesce(real(depth - 1), real(depth - 1));
      }
      case 9 -> {
        return cases(bool(depth - 1), real(depth - 1), real(depth - 1));
      }
      default -> {
        Part value = real(depth - 1);
        return strict("floor(" + value.text() + ")", v -> Math.floor((double) v[0]), value);
      }
    }
  }

  Part text(int depth) {
    int kind = depth == 0 ? random.nextInt(3) : random.nextInt(9);
    switch (kind) {
      case 0 -> {
        return field("t");
      }
      case 1 -> {
        return field("u");
      }
      case 2 -> {
        String value = literal();
        return new Part("'" + value + "'", row -> value);
      }
      case 3 -> {
        Part value = text(depth - 1);
        return strict(
            "upper(" + value.text() + ")",
            v -> ((String) v[0]).toUpperCase(java.util.Locale.ROOT),
            value);
      }
      case 4 -> {
        Part a = text(depth - 1);
        Part b = text(depth - 1);
        return strict("(" + a.text() + " || " + b.text() + ")", v -> v[0] + (String) v[1], a, b);
      }
      case 5 -> {
        Part value = text(depth - 1);
        int start = random.nextInt(4);
        int count = random.nextInt(3);
        return strict(
            "substring(" + value.text() + ", " + start + ", " + count + ")",
            v -> {
              int[] all = ((String) v[0]).codePoints().toArray();
              StringBuilder out = new StringBuilder();
              for (int i = 1; i <= all.length; i++) {
                if (i >= start && i < start + count) {
                  out.appendCodePoint(all[i - 1]);
                }
              }
              return out.toString();
            },
            value);
      }
      case 6 -> {
        return coalesce(text(depth - 1), text(depth - 1));
      }
      case 7 -> {
        return cases(bool(depth - 1), text(depth - 1), text(depth - 1));
      }
      default -> {
        return nullif(text(depth - 1), text(depth - 1));
      }
    }
  }

  private String literal() {
    return List.of("", "a", "ab", "AB", "中", "中文😀").get(random.nextInt(6));
  }

  Part bool(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(11);
    switch (kind) {
      case 0 -> {
        return random.nextInt(3) > 0
            ? field("b")
            : random.nextInt(2) == 0
                ? new Part("TRUE", row -> true)
                : new Part("FALSE", row -> false);
      }
      case 1, 2 -> {
        return compared(whole(depth - 1), whole(depth - 1));
      }
      case 3 -> {
        return compared(
            real(depth - 1), random.nextInt(2) == 0 ? whole(depth - 1) : real(depth - 1));
      }
      case 4 -> {
        return compared(text(depth - 1), text(depth - 1));
      }
      case 5 -> {
        return logic(depth);
      }
      case 6 -> {
        Part value = bool(depth - 1);
        return strict("(NOT " + value.text() + ")", v -> !(boolean) v[0], value);
      }
      case 7 -> {
        Part value = any(depth - 1);
        return new Part("(" + value.text() + " IS NULL)", row -> value.of().at(row) == null);
      }
      case 8 -> {
        return in(depth);
      }
      case 9 -> {
        Part value = text(depth - 1);
        String pattern = List.of("%", "a%", "_", "%文_", "__%", "%b", "").get(random.nextInt(7));
        Pattern regex =
            Pattern.compile(pattern.replace("%", ".*").replace("_", "."), Pattern.DOTALL);
        return strict(
            "(" + value.text() + " LIKE '" + pattern + "')",
            v -> regex.matcher((String) v[0]).matches(),
            value);
      }
      default -> {
        Part value = whole(depth - 1);
        return new Part(
            "(" + value.text() + " BETWEEN -1 AND m)",
            row -> {
              Object v = value.of().at(row);
              Object m = row.get("m");
              Boolean low = v == null ? null : (long) v >= -1;
              Boolean high = v == null || m == null ? null : (long) v <= (long) m;
              return and(low, high);
            });
      }
    }
  }

  private static @Nullable Object and(@Nullable Object a, @Nullable Object b) {
    if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
      return false;
    }
    return a == null || b == null ? null : true;
  }

  private Part logic(int depth) {
    List<Part> sides = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(2); i++) {
      sides.add(bool(depth - 1));
    }
    boolean and = random.nextInt(2) == 0;
    String text =
        sides.stream()
            .map(Part::text)
            .collect(Collectors.joining(and ? " AND " : " OR ", "(", ")"));
    return new Part(
        text,
        row -> {
          Object all = and;
          for (Part side : sides) {
            Object value = side.of().at(row);
            // a OR b = NOT (NOT a AND NOT b)
            all = and ? and(all, value) : not(and(not(all), not(value)));
          }
          return all;
        });
  }

  private static @Nullable Object not(@Nullable Object value) {
    return value == null ? null : !(boolean) value;
  }

  private Part in(int depth) {
    boolean text = random.nextInt(2) == 0;
    Part value = text ? text(depth - 1) : whole(depth - 1);
    List<Part> list = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      list.add(text ? text(random.nextInt(2)) : whole(random.nextInt(2)));
    }
    return new Part(
        "("
            + value.text()
            + list.stream().map(Part::text).collect(Collectors.joining(", ", " IN (", "))")),
        row -> {
          Object v = value.of().at(row);
          Object any = false;
          for (Part one : list) {
            Object w = one.of().at(row);
            Object equal = v == null || w == null ? null : v.equals(w);
            any = not(and(not(any), not(equal)));
          }
          return any;
        });
  }

  private Part compared(Part a, Part b) {
    String operator = List.of("=", "<>", "<", "<=", ">", ">=").get(random.nextInt(6));
    return strict(
        "(" + a.text() + " " + operator + " " + b.text() + ")",
        v -> {
          int order = order(v[0], v[1]);
          return switch (operator) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
          };
        },
        a,
        b);
  }

  private static int order(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    if (a instanceof Number x && b instanceof Number y) {
      double p = x.doubleValue();
      double q = y.doubleValue();
      return p < q ? -1 : p > q ? 1 : 0;
    }
    int[] x = ((String) a).codePoints().toArray();
    int[] y = ((String) b).codePoints().toArray();
    return java.util.Arrays.compare(x, y);
  }

  private static Part exact(
      String operator, BiFunction<BigInteger, BigInteger, BigInteger> function, Part a, Part b) {
    return strict(
        "(" + a.text() + " " + operator + " " + b.text() + ")",
        v -> {
          BigInteger result =
              function.apply(BigInteger.valueOf((long) v[0]), BigInteger.valueOf((long) v[1]));
          return result == null || result.bitLength() > 63 ? null : result.longValue();
        },
        a,
        b);
  }

  private static Part approximate(
      String operator, BiFunction<Double, Double, Double> function, Part a, Part b) {
    return strict(
        "(" + a.text() + " " + operator + " " + b.text() + ")",
        v -> {
          double result =
              function.apply(((Number) v[0]).doubleValue(), ((Number) v[1]).doubleValue());
          return Double.isFinite(result) ? result : null;
        },
        a,
        b);
  }

  private static Part coalesce(Part a, Part b) {
    return new Part(
        "coalesce(" + a.text() + ", " + b.text() + ")",
        row -> {
          Object value = a.of().at(row);
          return value != null ? value : b.of().at(row);
        });
  }

  private static Part nullif(Part a, Part b) {
    return new Part(
        "nullif(" + a.text() + ", " + b.text() + ")",
        row -> {
          Object value = a.of().at(row);
          return value != null && value.equals(b.of().at(row)) ? null : value;
        });
  }

  private static Part cases(Part condition, Part a, Part b) {
    return new Part(
        "CASE WHEN " + condition.text() + " THEN " + a.text() + " ELSE " + b.text() + " END",
        row -> Boolean.TRUE.equals(condition.of().at(row)) ? a.of().at(row) : b.of().at(row));
  }

  private static Part strict(String text, Function<Object[], Object> function, Part... parts) {
    return new Part(
        text,
        row -> {
          Object[] values = new Object[parts.length];
          for (int i = 0; i < parts.length; i++) {
            values[i] = parts[i].of().at(row);
            if (values[i] == null) {
              return null;
            }
          }
          return function.apply(values);
        });
  }
}
