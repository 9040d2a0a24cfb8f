package dev.quern.format.parquet;

import dev.quern.data.Digest;
import dev.quern.engine.DataException;
import dev.quern.engine.Shard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares shards with the digest they were published with, each once, before the first of their
 * samples is used: a flipped bit is told and never trusted. Safe for several threads.
 */
public final class ShardDigests {
  private static final int BUFFER = 1 << 16;

  private final Owners owners;
  private final Set<String> whole = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Object> locks = new ConcurrentHashMap<>();

  /** Knows the versions that a shard belongs to; asked only where it is damaged. */
  public interface Owners {
    /** Returns the versions, {@code name@version} each, separated by commas; empty if unknown. */
    String of(Shard shard) throws IOException;
  }

  /** Makes one that does not know whose shards it looks at. */
  public ShardDigests() {
    this(shard -> "");
  }

  /** Makes one that names the versions of damaged shards. */
  public ShardDigests(Owners owners) {
    this.owners = owners;
  }

  /**
   * Reads the file of {@code shard}, whose path is absolute, unless that has been done.
   *
   * @throws DataException with code {@code shard_damaged} if it is not as it was published
   */
  public void check(Shard shard) throws IOException {
    if (whole.contains(shard.path())) {
      return;
    }
    synchronized (locks.computeIfAbsent(shard.path(), path -> new Object())) {
      if (whole.contains(shard.path())) {
        return;
      }
      // A file that is not there is told by who opens it.
      if (Files.exists(Path.of(shard.path())) && !isWhole(shard)) {
        throw damaged(shard);
      }
      whole.add(shard.path());
    }
  }

  /** Returns whether the file of {@code shard}, whose path is absolute, has its digest. */
  public static boolean isWhole(Shard shard) throws IOException {
    MessageDigest sha = Digest.sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(Path.of(shard.path()))) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha.update(buffer, 0, n);
      }
    } catch (NoSuchFileException e) {
      return false;
    }
    return HexFormat.of().formatHex(sha.digest()).equals(shard.sha256());
  }

  private DataException damaged(Shard shard) throws IOException {
    String versions = owners.of(shard);
    return new DataException(
        "shard_damaged",
        "shards/"
            + Path.of(shard.path()).getFileName()
            + (versions.isEmpty() ? "" : " of " + versions)
            + ": content must have the SHA-256 it was published with; found: another content;"
            + " restore it from a copy, or delete it and run the recipe again");
  }
}
