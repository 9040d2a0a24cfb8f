package dev.quern.engine;

import dev.quern.data.Hash128;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.List;

/**
 * A file of a source.
 *
 * @param name relative to the source, with {@code /}: part of sample ids and places
 * @param path absolute path on this machine
 * @param bytes size as stored
 * @param modified time of last change, ms since the epoch; below 0 if unknown
 */
public record InputFile(String name, String path, long bytes, long modified)
    implements Serializable {

  /** Returns a digest of what {@code files} are without reading them: places, sizes and times. */
  public static String looks(List<InputFile> files) {
    Hash128 looks = new Hash128();
    for (InputFile file : files) {
      looks.putText(file.name).putText(file.path).putLong(file.bytes).putLong(file.modified);
    }
    looks.finish();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(looks.high()) + hex.toHexDigits(looks.low());
  }
}
