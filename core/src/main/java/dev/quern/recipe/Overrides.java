package dev.quern.recipe;

import dev.quern.format.json.Json;
import dev.quern.operator.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes values of a document by path, before it is checked: {@code seed=7}, {@code
 * read.0.acquire.csv.path=/x.csv}, {@code model.train.mlp.epochs=3}.
 *
 * <p>Parts of a path are keys of maps and numbers of lists (from 0, {@code read.0} or {@code
 * read[0]}); keys with dots are found as they are. What is not there yet is added. A value
 * {@code @FILE} is the list of the JSON objects in that file, one in each line.
 */
final class Overrides {
  private final Registry registry;
  private final List<Problem> problems;

  Overrides(Registry registry, List<Problem> problems) {
    this.registry = registry;
    this.problems = problems;
  }

  Located apply(Located root, List<String> sets) {
    Located changed = root;
    for (String set : sets) {
      changed = apply(changed, set);
    }
    return changed;
  }

  private Located apply(Located root, String set) {
    int equals = set.indexOf('=');
    if (equals <= 0) {
      problem(place(set), "--set must be path=value; found: " + set);
      return root;
    }
    String path = set.substring(0, equals).strip();
    Position place = place(path);
    List<String> parts = parts(path);
    if (parts.isEmpty() || parts.contains("")) {
      problem(place, "path must be names and numbers with dots between; found: " + path);
      return root;
    }
    Optional<Located> value = value(set.substring(equals + 1), place);
    try {
      return value.isEmpty() ? root : set(root, parts, value.get());
    } catch (IllegalArgumentException e) {
      problem(place, "path " + e.getMessage());
      return root;
    }
  }

  private static Position place(String path) {
    return new Position("--set " + path, 0, 0);
  }

  private static List<String> parts(String path) {
    return List.of(path.replaceAll("\\[(\\d+)]", ".$1").split("\\.", -1));
  }

  /** A value in brackets or quotes is YAML; anything else is one scalar, whatever it holds. */
  private Optional<Located> value(String written, Position place) {
    String text = written.strip();
    if (text.startsWith("@")) {
      return lines(Path.of(text.substring(1)), place);
    }
    if (text.isEmpty() || "[{\"'".indexOf(text.charAt(0)) < 0) {
      Scalars.Meaning meaning = Scalars.read(text);
      meaning.problem().ifPresent(message -> problem(place, message));
      return Optional.of(new Located.Scalar(place, meaning.value()));
    }
    List<Problem> found = new ArrayList<>();
    Optional<Located> value = YamlReader.read(text, place.file(), found);
    found.forEach(p -> problems.add(new Problem(place, p.code(), p.message())));
    return value.map(v -> moved(v, place));
  }

  /** What is wrong with a file of data is told without its text. */
  private Optional<Located> lines(Path file, Position place) {
    List<Located> parts = new ArrayList<>();
    int number = 0;
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        if (!line.isBlank()) {
          parts.add(located(Json.parseObject(line), place));
        }
      }
      return Optional.of(new Located.Sequence(place, parts));
    } catch (IllegalArgumentException e) {
      problem(
          place,
          file + " must hold a JSON object in each line; found: another text in line " + number);
    } catch (IOException e) {
      problem(place, file + " must be a file of JSON lines in UTF-8; found: none that can be read");
    }
    return Optional.empty();
  }

  private static Located located(@Nullable Object plain, Position place) {
    if (plain instanceof Map<?, ?> map) {
      Map<String, Located.Entry> entries = new LinkedHashMap<>();
      map.forEach(
          (key, value) ->
              entries.put(String.valueOf(key), new Located.Entry(place, located(value, place))));
      return new Located.Mapping(place, entries);
    }
    if (plain instanceof List<?> list) {
      return new Located.Sequence(place, list.stream().map(part -> located(part, place)).toList());
    }
    return new Located.Scalar(place, plain);
  }

  /** Returns {@code value} with {@code place} as the place of all its parts. */
  private static Located moved(Located value, Position place) {
    if (value instanceof Located.Mapping mapping) {
      Map<String, Located.Entry> entries = new LinkedHashMap<>();
      mapping
          .entries()
          .forEach((k, e) -> entries.put(k, new Located.Entry(place, moved(e.value(), place))));
      return new Located.Mapping(place, entries);
    }
    if (value instanceof Located.Sequence list) {
      return new Located.Sequence(
          place, list.parts().stream().map(part -> moved(part, place)).toList());
    }
    return new Located.Scalar(place, value.plain());
  }

  private Located set(Located at, List<String> path, Located value) {
    if (path.isEmpty()) {
      return value;
    }
    if (at instanceof Located.Sequence list) {
      return set(list, path, value);
    }
    if (at instanceof Located.Mapping mapping) {
      return set(mapping, path, value);
    }
    Map<String, Located.Entry> entries = new LinkedHashMap<>();
    if (at instanceof Located.Scalar scalar && scalar.plain() != null) {
      // A step may be written as the bare name of an operator.
      String name = scalar.plain().toString();
      if (registry.find(name).isEmpty() || !(String.join(".", path) + ".").startsWith(name + ".")) {
        throw new IllegalArgumentException(
            "must lead through maps and lists; found: a single value at " + at.place());
      }
      entries.put(name, new Located.Entry(at.place(), new Located.Scalar(at.place(), null)));
    }
    return set(new Located.Mapping(at.place(), entries), path, value);
  }

  private Located set(Located.Sequence list, List<String> path, Located value) {
    String part = path.get(0);
    int size = list.parts().size();
    boolean number = part.matches("\\d{1,6}");
    int index = number ? Integer.parseInt(part) : size;
    if (index >= size) {
      throw new IllegalArgumentException(
          "must have a number in [0, "
              + (size - 1)
              + "] for the list at "
              + list.place()
              + "; found: "
              + part);
    }
    List<Located> parts = new ArrayList<>(list.parts());
    parts.set(index, set(parts.get(index), path.subList(1, path.size()), value));
    return new Located.Sequence(list.place(), parts);
  }

  private Located set(Located.Mapping mapping, List<String> path, Located value) {
    int taken = keyLength(mapping, path);
    String key = String.join(".", path.subList(0, taken));
    Located.Entry old = mapping.entries().get(key);
    Position place = value.place();
    Located below = old == null ? new Located.Scalar(place, null) : old.value();
    Located changed = set(below, path.subList(taken, path.size()), value);
    Map<String, Located.Entry> entries = new LinkedHashMap<>(mapping.entries());
    entries.put(key, new Located.Entry(old == null ? place : old.keyPlace(), changed));
    return new Located.Mapping(mapping.place(), entries);
  }

  /** Returns how many parts of {@code path} make the next key: the longest there is, else one. */
  private int keyLength(Located.Mapping mapping, List<String> path) {
    for (int n = path.size(); n > 0; n--) {
      String key = String.join(".", path.subList(0, n));
      if (mapping.entries().containsKey(key) || (n == 2 && registry.find(key).isPresent())) {
        return n;
      }
    }
    return 1;
  }

  private void problem(Position place, String message) {
    problems.add(new Problem(place, "override", message));
  }
}
