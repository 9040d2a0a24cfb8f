package dev.quern.store;

import dev.quern.data.Digest;
import dev.quern.engine.DataException;
import dev.quern.engine.SampleFiles;
import dev.quern.engine.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The mergeable states from which the metrics of versions follow, one file each, named by the
 * SHA-256 of its content: what was measured of two versions tells of their union without a sample
 * read again. Safe for several threads and processes.
 *
 * <p>The digest is that of the bytes on the disk, which no two runs share where states are
 * encrypted.
 *
 * <p>States hold what analyzers keep of values (extrema, frequent values, hashes): they are as
 * private as shards.
 */
public final class StoredStates {
  /**
   * Larger states are not stored, in bytes: exact counts of very many distinct values cost more
   * than another reading.
   */
  public static final long MOST = 256L << 20;

  /** What the names of files end with. */
  static final String ENDING = ".state";

  private static final String FOLDER = "states";

  private final Path root;
  private final SampleFiles files;

  StoredStates(Path root, SampleFiles files) {
    this.files = files;
    this.root = root;
  }

  /**
   * Stores {@code state}, measured of {@code samples} samples.
   *
   * @return its file, relative to the workspace; empty if it is larger than {@value #MOST} bytes
   */
  public Optional<Shard> put(byte[] state, long samples) throws IOException {
    if (state.length > MOST) {
      return Optional.empty();
    }
    byte[] stored = files.stored(state, place());
    String sha256 = HexFormat.of().formatHex(Digest.sha256().digest(stored));
    Shard file = new Shard(FOLDER + "/" + sha256 + ENDING, sha256, samples, stored.length);
    if (!isWhole(file)) {
      Folders.replace(root.resolve(file.path()), stored);
    }
    return Optional.of(file);
  }

  /** To what encrypted states are bound: the names of their files follow from their bytes. */
  Path place() {
    return folder(root).resolve("state");
  }

  /** Returns whether {@code file} is there as it was stored. */
  public boolean isWhole(Shard file) throws IOException {
    try {
      return isWhole(file, Files.readAllBytes(root.resolve(file.path())));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isWhole(Shard file, byte[] bytes) {
    return HexFormat.of().formatHex(Digest.sha256().digest(bytes)).equals(file.sha256());
  }

  /** Returns whether {@code file} is there with its size; its content is not looked at. */
  public boolean isThere(Shard file) throws IOException {
    Path path = root.resolve(file.path());
    return Files.isRegularFile(path) && Files.size(path) == file.bytes();
  }

  /**
   * Returns the state in {@code file}.
   *
   * @throws DataException with code {@code state_damaged} if it is not as it was stored
   */
  public byte[] read(Shard file) throws IOException {
    String found = "no file";
    try {
      byte[] bytes = Files.readAllBytes(root.resolve(file.path()));
      if (isWhole(file, bytes)) {
        return files.content(bytes, place());
      }
      found = "another content";
    } catch (NoSuchFileException e) {
      // Told below as what is there otherwise is.
    }
    throw new DataException(
        "state_damaged",
        file.path()
            + ": content must have the SHA-256 it was stored with; found: "
            + found
            + "; restore it from a copy, or delete it and run the recipe of its version again");
  }

  static Path folder(Path root) {
    return root.resolve(FOLDER);
  }
}
