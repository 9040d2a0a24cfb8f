package dev.quern.recipe;

import dev.quern.operator.Misfits;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts what YAML files hold in the place of their names, see {@link Param.Kind#YAML_FILES}: so it
 * reaches every worker with the parameters, and a changed file changes what identifies the step.
 * Remembers where the parts stand.
 */
public final class YamlFiles {
  private static final long MOST_BYTES = 4L << 20;

  private final List<Problem> problems;
  private final Map<String, List<Located>> read = new HashMap<>();

  /** Adds what is wrong to {@code problems}. */
  public YamlFiles(List<Problem> problems) {
    this.problems = problems;
  }

  /** Replaces the names of files in {@code plain}, the values of {@code given}. */
  void inline(OperatorSpec spec, Located.Mapping given, Map<String, @Nullable Object> plain) {
    for (Param<?> param : spec.params()) {
      Optional<Located> found =
          param.kind() == Param.Kind.YAML_FILES ? given.find(param.name()) : Optional.empty();
      if (found.isPresent()) {
        List<Located> parts =
            found.get() instanceof Located.Sequence list ? list.parts() : List.of(found.get());
        plain.put(param.name(), plain(param.name(), parts));
      }
    }
  }

  /**
   * Reads the files that {@code parts} name; parts that are no texts stay.
   *
   * @param name what the parts belong to
   */
  public List<@Nullable Object> plain(String name, List<Located> parts) {
    List<Located> located = new ArrayList<>();
    List<@Nullable Object> plain = new ArrayList<>();
    for (Located part : parts) {
      Located content =
          part instanceof Located.Scalar file && file.plain() instanceof String path
              ? content(name, file, path)
              : part;
      located.add(content);
      plain.add(content.plain());
    }
    read.put(name, located);
    return plain;
  }

  /** Returns where the part of {@code name} stands that {@code path} leads to. */
  Optional<Position> place(String name, List<String> path) {
    List<Located> located = read.get(name);
    if (located == null || path.isEmpty()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(path.get(0));
    String[] within = path.subList(1, path.size()).toArray(new String[0]);
    return Optional.of(located.get(number).place(within));
  }

  /** Adds what {@code misfits} tells of the parts of {@code name} to the problems. */
  public void tell(String name, Position otherwise, Misfits misfits) {
    for (Misfits.Misfit one : misfits.parts()) {
      Position place = place(name, one.path()).orElse(otherwise);
      problems.add(new Problem(place, "wrong_parameter", one.message()));
    }
  }

  private Located content(String name, Located.Scalar named, String path) {
    Position place = named.place();
    try {
      Path file = Path.of(place.file()).toAbsolutePath().resolveSibling(path);
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        return missing(name, named, "a YAML file of at most 4 MiB", path);
      }
      Path beside = Path.of(place.file()).resolveSibling(path);
      return YamlReader.read(Files.readString(file), beside.toString(), problems)
          .orElse(new Located.Scalar(new Position(beside.toString(), 1, 1), null));
    } catch (IOException | InvalidPathException e) {
      return missing(name, named, "a UTF-8 file that can be read", path);
    }
  }

  private Located missing(String name, Located.Scalar named, String rule, String path) {
    problems.add(
        new Problem(
            named.place(), "file_not_found", name + " must name " + rule + "; found: " + path));
    return new Located.Scalar(named.place(), null);
  }
}
