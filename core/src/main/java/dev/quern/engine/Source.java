package dev.quern.engine;

import dev.quern.data.Split;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
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
 * @param found what its files were when the digest of their content was taken, see {@link
 *     InputFile#looks}; empty before that
 */
public record Source(
    int number,
    String name,
    String folder,
    String cache,
    Split split,
    List<String> key,
    OptionalLong limit,
    Optional<String> found)
    implements Serializable {

  /** Makes a source that is read to its end. */
  public Source(
      int number, String name, String folder, String cache, Split split, List<String> key) {
    this(number, name, folder, cache, split, key, OptionalLong.empty(), Optional.empty());
  }

  /** Returns this source with what its files are now. */
  public Source with(List<InputFile> files) {
    return new Source(
        number, name, folder, cache, split, key, limit, Optional.of(InputFile.looks(files)));
  }

  /**
   * Compares {@code files} with what was found.
   *
   * @throws DataException if they are others, or have changed
   */
  public void check(List<InputFile> files) {
    if (found.isPresent() && !found.get().equals(InputFile.looks(files))) {
      throw new DataException(
          DataException.FILE_CHANGED,
          name
              + ": must hold the files that were found when the run was planned; found: others, or"
              + " other sizes or times; run again when nothing writes to them");
    }
  }

  /** Returns what of the source enters results: all but the folders. */
  public String identity() {
    return number + name + split + key + limit;
  }
}
