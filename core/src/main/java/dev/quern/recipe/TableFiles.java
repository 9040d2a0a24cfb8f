package dev.quern.recipe;

import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts the lines of CSV files in the place of their names, see {@link Param.Kind#FIELD_TABLES}: so
 * they reach every worker with the parameters, and a changed file changes what identifies the step.
 *
 * <p>Cells are separated by the semicolon where the first line holds one, else by the comma; quotes
 * ({@code "}) enclose cells that hold a separator. UTF-8.
 */
final class TableFiles {
  private static final String KEY = "hierarchy";
  private static final long MOST_BYTES = 64L << 20;

  private final Tree tree;

  TableFiles(Tree tree) {
    this.tree = tree;
  }

  /** Returns the plain values of {@code given} with files read. */
  Map<String, @Nullable Object> inlined(OperatorSpec spec, Located.Mapping given) {
    Map<String, @Nullable Object> plain = given.plainMap();
    for (Param<?> param : spec.params()) {
      if (param.kind() == Param.Kind.FIELD_TABLES
          && given.find(param.name()).orElse(null) instanceof Located.Mapping fields) {
        plain.put(param.name(), fields(fields));
      }
    }
    return plain;
  }

  /**
   * Returns {@code check} with files read that its arguments name: {@code arguments: {PARAMETER:
   * {FIELD: {hierarchy: FILE}}}}.
   */
  Located.Mapping inlined(Located.Mapping check) {
    return mapped(
        check,
        (key, arguments) ->
            key.equals("arguments")
                ? mapped(arguments, (param, fields) -> mapped(fields, (field, rule) -> read(rule)))
                : arguments);
  }

  private static Located.Mapping mapped(
      Located.Mapping map, BiFunction<String, Located.Mapping, Located.Mapping> change) {
    Map<String, Located.Entry> entries = new LinkedHashMap<>(map.entries());
    entries.replaceAll(
        (key, entry) ->
            entry.value() instanceof Located.Mapping inner
                ? new Located.Entry(entry.keyPlace(), change.apply(key, inner))
                : entry);
    return new Located.Mapping(map.place(), entries);
  }

  private Located.Mapping read(Located.Mapping rule) {
    Map<String, Located.Entry> entries = new LinkedHashMap<>(rule.entries());
    entries.computeIfPresent(
        KEY,
        (key, entry) -> {
          Position place = entry.value().place();
          return entry.value() instanceof Located.Scalar file && file.plain() instanceof String path
              ? new Located.Entry(entry.keyPlace(), located(place, lines(place, path)))
              : entry;
        });
    return new Located.Mapping(rule.place(), entries);
  }

  private static Located located(Position place, Object plain) {
    return plain instanceof List<?> list
        ? new Located.Sequence(
            place, list.stream().map(part -> located(place, Objects.requireNonNull(part))).toList())
        : new Located.Scalar(place, plain);
  }

  private Map<String, @Nullable Object> fields(Located.Mapping fields) {
    Map<String, @Nullable Object> plain = fields.plainMap();
    fields
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Located.Mapping rule
                  && rule.find(KEY).orElse(null) instanceof Located.Scalar file
                  && file.plain() instanceof String path) {
                Map<String, @Nullable Object> read = rule.plainMap();
                read.put(KEY, lines(file.place(), path));
                plain.put(name, read);
              }
            });
    return plain;
  }

  private Object lines(Position place, String path) {
    try {
      Path recipe = Path.of(place.file()).toAbsolutePath();
      Path file = recipe.resolveSibling(path);
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        tree.problem(
            place,
            "file_not_found",
            KEY
                + " must name a CSV file of at most 64 MiB, relative to the recipe; found: "
                + path);
        return path;
      }
      List<Object> lines = new ArrayList<>();
      char separator = ',';
      for (String line : Files.readAllLines(file)) {
        if (lines.isEmpty() && line.indexOf(';') >= 0) {
          separator = ';';
        }
        if (!line.isBlank()) {
          lines.add(cells(line, separator));
        }
      }
      return lines;
    } catch (IOException | InvalidPathException e) {
      tree.problem(
          place,
          "file_not_found",
          KEY + " must name a UTF-8 file that can be read; found: " + path);
      return path;
    }
  }

  private static List<String> cells(String line, char separator) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        if (doubled) {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == separator && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
