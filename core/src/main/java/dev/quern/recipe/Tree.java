package dev.quern.recipe;

import dev.quern.format.json.Json;
import dev.quern.store.Reference;
import dev.quern.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes typed values out of a document and collects what is wrong with them. */
final class Tree {
  /** Characters of a found value that a message shows. */
  private static final int MAX_SHOWN = 80;

  private final List<Problem> problems;

  Tree(List<Problem> problems) {
    this.problems = problems;
  }

  /** Returns the problems found so far; more may be added. */
  List<Problem> problems() {
    return problems;
  }

  void problem(Position place, String code, String message) {
    problems.add(new Problem(place, code, message));
  }

  /** Reports {@code found}, which breaks {@code rule}. */
  void wrong(Located found, String what, String rule) {
    problem(found.place(), "wrong_value", what + " must be " + rule + "; found: " + shown(found));
  }

  /** Reports every key of {@code mapping} that is not among {@code known}. */
  void close(Located.Mapping mapping, String what, List<String> known) {
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                unknownKey(entry.keyPlace(), key, what, known);
              }
            });
  }

  void unknownKey(Position place, String key, String what, List<String> known) {
    problem(
        place,
        "unknown_key",
        "'"
            + key
            + "' is no key of "
            + what
            + Suggestion.of(key, known)
            + "; known: "
            + String.join(", ", known));
  }

  /** Reports that {@code mapping} lacks {@code key}. */
  void missing(Located.Mapping mapping, String what, String rule) {
    problem(mapping.place(), "missing", what + " must be given: " + rule + "; found: nothing");
  }

  Optional<String> text(Located.Mapping mapping, String key, String what) {
    return value(mapping, key, what, "a text", found -> Optional.ofNullable(scalarText(found)));
  }

  /** Returns a text that is a name of the workspace. */
  Optional<String> name(Located.Mapping mapping, String key, String what) {
    return value(mapping, key, what, Reference.NAME_RULE, this::name);
  }

  Optional<String> name(Located found) {
    return Optional.ofNullable(scalarText(found)).filter(Reference::isName);
  }

  /** Returns a map, or an empty place-holder's absence with a problem if it is something else. */
  Optional<Located.Mapping> mapping(Located.Mapping mapping, String key, String what, String rule) {
    return value(mapping, key, what, rule, Tree::asMapping);
  }

  static Optional<Located.Mapping> asMapping(Located found) {
    return found instanceof Located.Mapping map ? Optional.of(map) : Optional.empty();
  }

  /** Returns the parts of a list; a missing list has none. */
  List<Located> list(Located.Mapping mapping, String key, String what, String rule) {
    return value(
            mapping,
            key,
            what,
            rule,
            found ->
                found instanceof Located.Sequence list
                    ? Optional.of(list.parts())
                    : Optional.empty())
        .orElse(List.of());
  }

  /** Returns the texts of a list or the one text that stands instead. */
  List<String> texts(Located.Mapping mapping, String key, String what, String rule) {
    return value(mapping, key, what, rule, Tree::asTexts).orElse(List.of());
  }

  static Optional<List<String>> asTexts(Located found) {
    List<Located> parts =
        found instanceof Located.Sequence list ? list.parts() : List.<Located>of(found);
    List<String> texts = new ArrayList<>();
    for (Located part : parts) {
      String text = scalarText(part);
      if (text == null || text.isEmpty()) {
        return Optional.empty();
      }
      texts.add(text);
    }
    return Optional.of(texts);
  }

  <E extends Enum<E>> Optional<E> choice(
      Located.Mapping mapping, String key, String what, List<E> constants) {
    List<String> names = new ArrayList<>();
    constants.forEach(constant -> names.add(constant.name().toLowerCase(Locale.ROOT)));
    return value(
        mapping,
        key,
        what,
        "one of " + String.join(", ", names),
        found -> {
          int index = names.indexOf(String.valueOf(found.plain()));
          return index < 0 ? Optional.empty() : Optional.of(constants.get(index));
        });
  }

  /** Returns the value of {@code key} if it is there and {@code read} takes it. */
  <T> Optional<T> value(
      Located.Mapping mapping,
      String key,
      String what,
      String rule,
      Function<Located, Optional<T>> read) {
    Optional<Located> found = mapping.find(key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> value = read.apply(found.get());
    if (value.isEmpty()) {
      wrong(found.get(), what, rule);
    }
    return value;
  }

  /** Returns a found value as messages show it. */
  static String shown(Located found) {
    if (found instanceof Located.Scalar scalar) {
      if (scalar.plain() == null) {
        return "nothing";
      }
      String text = Json.write(scalar.plain());
      boolean notFinite = scalar.plain() instanceof Double d && !Double.isFinite(d);
      text = notFinite ? String.valueOf(scalar.plain()) : text;
      return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
    return found.kind();
  }

  private static @Nullable String scalarText(Located found) {
    return found instanceof Located.Scalar scalar && scalar.plain() != null
        ? scalar.plain().toString()
        : null;
  }
}
