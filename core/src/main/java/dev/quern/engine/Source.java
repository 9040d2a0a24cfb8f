package dev.quern.engine;

import dev.quern.data.Split;
import java.util.List;

/**
 * A source of a recipe, as a reader must know it.
 *
 * @param number position among the recipe's sources, the upper part of the rank
 * @param name the name that enters sample ids: given as {@code name:}, else the path as written
 * @param folder absolute folder that relative paths start from
 * @param cache absolute folder for files fetched over https
 * @param split the split all its samples belong to, NONE unless declared
 * @param key the fields whose values make the sample id, empty for the position
 */
public record Source(
    int number, String name, String folder, String cache, Split split, List<String> key) {

  /** Returns what of the source enters results: all but the folders. */
  public String identity() {
    return number + name + split + key;
  }
}
