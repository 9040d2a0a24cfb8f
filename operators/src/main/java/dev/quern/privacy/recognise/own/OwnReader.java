package dev.quern.privacy.recognise.own;

import dev.quern.privacy.recognise.Context;
import dev.quern.privacy.recognise.Recogniser;
import dev.quern.privacy.recognise.checksum.CheckScheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads files of recognisers and collects everything that is wrong in them. */
final class OwnReader {
  private static final String TYPE_RULE = "a name in capitals such as EMPLOYEE_NUMBER";
  private static final double SCORE = 0.5;

  private final Parts parts = new Parts();
  private final Map<String, Recogniser> recognisers = new LinkedHashMap<>();
  private final Map<String, List<String>> allowed = new LinkedHashMap<>();
  private final Map<String, List<String>> denied = new TreeMap<>();

  /** Reads the file with this number. */
  void file(int number, @Nullable Object content) {
    List<String> path = List.of(String.valueOf(number));
    Map<String, @Nullable Object> file = parts.map(path, "file", content);
    parts.close(path, "the file", file, List.of("recognisers", "allow", "deny"));
    if (file.isEmpty() && parts.isClean()) {
      parts.wrong(path, "file must hold recognisers, allow or deny; found: nothing");
    }
    each(path, "recognisers", file, this::recogniser);
    each(path, "allow", file, this::allow);
    each(path, "deny", file, this::deny);
  }

  private interface Element {
    void read(List<String> path, @Nullable Object element);
  }

  private void each(
      List<String> path, String key, Map<String, @Nullable Object> file, Element element) {
    List<String> list = Parts.below(path, key);
    int number = 0;
    for (Object one : parts.list(list, key, file.get(key))) {
      element.read(Parts.below(list, String.valueOf(number++)), one);
    }
  }

  private void recogniser(List<String> path, @Nullable Object given) {
    Map<String, @Nullable Object> map = parts.map(path, "recogniser", given);
    parts.close(
        path,
        "a recogniser",
        map,
        List.of("name", "type", "patterns", "score", "check", "context", "against", "fields"));
    String name = name(path, map);
    String type =
        parts.text(path, map, "type", TYPE_RULE, OwnReader::isType).orElse(OwnRecognisers.DENIED);
    double score = score(path, map);
    List<OwnPattern.Scored> patterns = new ArrayList<>();
    each(path, "patterns", map, (at, one) -> pattern(at, one, score).ifPresent(patterns::add));
    if (map.get("patterns") == null) {
      parts.wrong(path, "patterns must be given: a list of expressions; found: nothing");
    }
    Optional<CheckScheme> check = check(path, map);
    Context context =
        Context.of(
            parts.texts(path, map, "context"),
            parts.texts(path, map, "against"),
            parts.texts(path, map, "fields"));
    if (!patterns.isEmpty()) {
      try {
        recognisers.put(name, new OwnPattern(name, type, patterns, check, context));
      } catch (IllegalArgumentException e) {
        parts.wrong(Parts.below(path, "patterns"), String.valueOf(e.getMessage()));
      }
    }
  }

  private String name(List<String> path, Map<String, @Nullable Object> map) {
    String rule = "a snake_case name such as employee_number";
    Optional<String> name =
        parts.text(path, map, "name", rule, text -> text.matches("[a-z][a-z0-9_]{0,63}"));
    if (name.isPresent() && recognisers.containsKey(name.get())) {
      parts.wrong(
          Parts.below(path, "name"),
          "name must be one of its own; found: " + name.get() + " a second time");
    }
    return name.orElse("");
  }

  private static boolean isType(String text) {
    return text.matches("[A-Z][A-Z0-9_]{0,63}");
  }

  private double score(List<String> path, Map<String, @Nullable Object> map) {
    Object given = map.get("score");
    double score =
        given instanceof Number number ? number.doubleValue() : given == null ? SCORE : -1;
    if (!(score >= 0 && score <= 1)) {
      parts.wrong(
          Parts.below(path, "score"),
          "score must be in [0, 1] (fraction); found: " + Parts.shown(given));
      return SCORE;
    }
    return score;
  }

  private Optional<OwnPattern.Scored> pattern(
      List<String> path, @Nullable Object given, double score) {
    String rule = "an expression in quotes";
    Optional<String> written;
    double own = score;
    if (given instanceof Map<?, ?>) {
      Map<String, @Nullable Object> map = parts.map(path, "pattern", given);
      parts.close(path, "a pattern", map, List.of("pattern", "score"));
      written = parts.text(path, map, "pattern", rule, text -> true);
      own = map.get("score") == null ? score : score(path, map);
    } else {
      written = parts.text(path, "pattern", given, rule, text -> true);
    }
    if (written.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new OwnPattern.Scored(Expression.parse(written.get()), own));
    } catch (IllegalArgumentException e) {
      parts.wrong(path, "pattern: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<CheckScheme> check(List<String> path, Map<String, @Nullable Object> map) {
    if (map.get("check") == null) {
      return Optional.empty();
    }
    List<String> names =
        Arrays.stream(CheckScheme.values())
            .map(one -> one.name().toLowerCase(Locale.ROOT))
            .toList();
    return parts
        .text(path, map, "check", "one of " + String.join(", ", names), names::contains)
        .map(name -> CheckScheme.valueOf(name.toUpperCase(Locale.ROOT)));
  }

  private void allow(List<String> path, @Nullable Object given) {
    parts
        .text(path, "allow", given, "a text", text -> true)
        .ifPresent(text -> allowed.put(small(text), path));
  }

  private void deny(List<String> path, @Nullable Object given) {
    Optional<String> text;
    String type = OwnRecognisers.DENIED;
    if (given instanceof Map<?, ?>) {
      Map<String, @Nullable Object> map = parts.map(path, "deny", given);
      parts.close(path, "deny", map, List.of("text", "type"));
      text = parts.text(path, map, "text", "a text", one -> true);
      type = parts.text(path, map, "type", TYPE_RULE, OwnReader::isType).orElse(type);
    } else {
      text = parts.text(path, "deny", given, "a text", one -> true);
    }
    if (text.isPresent()) {
      denied.computeIfAbsent(type, key -> new ArrayList<>()).add(text.get());
    }
  }

  private static String small(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Returns the recognisers, those of denied texts last. */
  List<Recogniser> recognisers() {
    denied.forEach(
        (type, texts) -> {
          for (String text : texts) {
            List<String> place = allowed.get(small(text));
            if (place != null) {
              parts.wrong(place, "allow must hold no text of deny; found: one in both");
            }
          }
          DeniedTexts recogniser = new DeniedTexts(type, texts);
          recognisers.put(recogniser.name(), recogniser);
        });
    parts.done();
    return List.copyOf(recognisers.values());
  }

  List<String> allowed() {
    return List.copyOf(allowed.keySet());
  }
}
