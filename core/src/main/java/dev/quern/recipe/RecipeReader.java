package dev.quern.recipe;

import dev.quern.operator.Registry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads recipes and checks them as a whole: what is wrong is reported together, each problem at its
 * place, before any data are read.
 */
public final class RecipeReader {
  private final Registry registry;

  /** Makes a reader of recipes with the operators of {@code registry}. */
  public RecipeReader(Registry registry) {
    this.registry = registry;
  }

  /**
   * Reads the recipe in {@code file}.
   *
   * @param sets overrides, {@code path=value} each
   * @throws RecipeException with all problems
   * @throws IOException if the file is there but cannot be read
   */
  public Recipe read(Path file, List<String> sets) throws IOException {
    List<Problem> problems = new ArrayList<>();
    Optional<Recipe> recipe = examine(file, sets, problems);
    if (recipe.isEmpty() || !problems.isEmpty()) {
      throw new RecipeException(problems);
    }
    return recipe.get();
  }

  /**
   * Reads the recipe in {@code file} as far as it can be understood, so that what is right can
   * still be held against the data while everything wrong is in {@code problems}.
   *
   * @return the recipe without its wrong parts, or empty if there is not even a name
   * @throws RecipeException if the file is no recipe at all
   * @throws IOException if the file is there but cannot be read
   */
  public Optional<Recipe> examine(Path file, List<String> sets, List<Problem> problems)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      String found = Files.isDirectory(file) ? "a folder" : "nothing";
      throw failure(file, "file_not_found", "recipe must be a file; found: " + found);
    }
    String text;
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw failure(
          file, "encoding", "recipe must be UTF-8; found: bytes that are not; save it as UTF-8");
    }
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    return examine(text, file.toString(), folder.normalize(), sets, problems);
  }

  /**
   * Reads a recipe.
   *
   * @param text the YAML document
   * @param file the name that places show
   * @param folder absolute folder that relative paths start from
   * @param sets overrides, {@code path=value} each
   * @throws RecipeException with all problems
   */
  public Recipe read(String text, String file, Path folder, List<String> sets) {
    List<Problem> problems = new ArrayList<>();
    Optional<Recipe> recipe = examine(text, file, folder, sets, problems);
    if (recipe.isEmpty() || !problems.isEmpty()) {
      throw new RecipeException(problems);
    }
    return recipe.get();
  }

  private Optional<Recipe> examine(
      String text, String file, Path folder, List<String> sets, List<Problem> problems) {
    Optional<Located> root = YamlReader.read(text, file, problems);
    if (root.isEmpty() && problems.isEmpty()) {
      problems.add(
          new Problem(new Position(file, 1, 1), "missing", "recipe must be a map; found: nothing"));
    }
    Optional<Recipe> recipe = Optional.empty();
    if (root.isPresent()) {
      Located changed = new Overrides(registry, problems).apply(root.get(), sets);
      if (changed instanceof Located.Mapping mapping) {
        recipe = new RecipeWalk(registry, problems).recipe(mapping, file, folder);
      } else {
        // A file that is no recipe may be one of data: its text must not be shown.
        problems.add(
            new Problem(
                changed.place(), "wrong_value", "recipe must be a map; found: " + changed.kind()));
      }
    }
    return recipe;
  }

  private static RecipeException failure(Path file, String code, String message) {
    return new RecipeException(
        List.of(new Problem(new Position(file.toString(), 0, 0), code, message)));
  }
}
