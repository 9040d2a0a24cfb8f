package dev.quern.privacy.recognise.own;

import dev.quern.format.json.Json;
import dev.quern.operator.Misfits;
import dev.quern.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes typed values out of plain ones and collects what is wrong with them, each at its path. */
final class Parts {
  private static final int MOST_SHOWN = 80;

  private final List<Misfits.Misfit> misfits = new ArrayList<>();

  static List<String> below(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  void wrong(List<String> path, String message) {
    misfits.add(new Misfits.Misfit(path, message));
  }

  boolean isClean() {
    return misfits.isEmpty();
  }

  /** Throws what was found, if anything was. */
  void done() {
    if (!misfits.isEmpty()) {
      throw new Misfits(misfits);
    }
  }

  /** Reports the keys of {@code map} that are not among {@code known}. */
  void close(
      List<String> path, String what, Map<String, @Nullable Object> map, List<String> known) {
    for (String key : map.keySet()) {
      if (!known.contains(key)) {
        wrong(
            below(path, key),
            "'"
                + key
                + "' is no key of "
                + what
                + Suggestion.of(key, known)
                + "; known: "
                + String.join(", ", known));
      }
    }
  }

  Map<String, @Nullable Object> map(List<String> path, String what, @Nullable Object given) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> found) {
      found.forEach((key, value) -> map.put(String.valueOf(key), value));
    } else {
      wrong(path, what + " must be a map; found: " + shown(given));
    }
    return map;
  }

  /** Returns the elements of a list; what is missing has none. */
  List<@Nullable Object> list(List<String> path, String what, @Nullable Object given) {
    if (given instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    if (given != null) {
      wrong(path, what + " must be a list; found: " + shown(given));
    }
    return new ArrayList<>();
  }

  /** Returns the texts of a list or the one text that stands instead. */
  List<String> texts(List<String> path, Map<String, @Nullable Object> map, String key) {
    Object given = map.get(key);
    List<String> texts = new ArrayList<>();
    int number = 0;
    for (Object one :
        given instanceof String ? List.of(given) : list(below(path, key), key, given)) {
      List<String> place = below(below(path, key), String.valueOf(number++));
      text(place, key, one, "a text", text -> true).ifPresent(texts::add);
    }
    return texts;
  }

  /** Returns the text below {@code key}, which must be there. */
  Optional<String> text(
      List<String> path,
      Map<String, @Nullable Object> map,
      String key,
      String rule,
      Predicate<String> accepts) {
    Object given = map.get(key);
    if (given == null) {
      wrong(path, key + " must be given: " + rule + "; found: nothing");
      return Optional.empty();
    }
    return text(below(path, key), key, given, rule, accepts);
  }

  Optional<String> text(
      List<String> path,
      String what,
      @Nullable Object given,
      String rule,
      Predicate<String> accepts) {
    boolean scalar = given instanceof String || given instanceof Number || given instanceof Boolean;
    String text = scalar ? String.valueOf(given) : "";
    if (text.isBlank() || !accepts.test(text)) {
      wrong(path, what + " must be " + rule + "; found: " + shown(given));
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /** Returns a value as messages show it. */
  static String shown(@Nullable Object given) {
    if (given instanceof Map<?, ?>) {
      return "a map";
    }
    if (given instanceof List<?>) {
      return "a list";
    }
    if (given == null) {
      return "nothing";
    }
    String text = Json.write(given);
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }
}
