package dev.quern.engine;

import dev.quern.data.Split;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalLong;

/**
 * A source of a recipe, as a reader must know it.
 *
 * @param number position among the recipe's sources, the upper part of the rank
 * @param name the name that enters sample ids: given as {@code name:}, else the path as written
 * @param folder absolute folder that relative paths start from
 * @param cache absolute folder for files fetched over https
 * @param split the split all its samples belong to, NONE unless declared
 * @param key the fields whose values make the sample id, empty for the position
 * @param limit how many samples to read at most, for a quick look
 */
public record Source(
    int number,
    String name,
    String folder,
    String cache,
    Split split,
    List<String> key,
    OptionalLong limit)
    implements Serializable {

  /** Makes a source that is read to its end. */
  public Source(
      int number, String name, String folder, String cache, Split split, List<String> key) {
    this(number, name, folder, cache, split, key, OptionalLong.empty());
  }

  /** Returns what of the source enters results: all but the folders. */
  public String identity() {
    return number + name + split + key + limit;
  }
}
