package dev.quern.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What of a workspace no kept version, no kept run and no next run of a recipe needs. It may be
 * removed beside runs at work: these wait to begin until it is done, and of those that have begun
 * nothing is touched.
 */
public final class Garbage {
  private Garbage() {}

  /** What a piece was. */
  public enum Kind {
    /** A version of a dataset, beyond the number to keep. */
    VERSION,
    /** A version of a model, beyond the number to keep. */
    MODEL,
    /** A shard of no version. */
    SHARD,
    /** A state of no version. */
    STATE,
    /** Finished or begun work that the last run of no recipe relied on. */
    POINT,
    /** What a step learnt, of the same kind. */
    FIT,
    /** A fetched file, of the same kind. */
    DOWNLOAD,
    /** The folder of a run that was killed, or beyond the number to keep. */
    RUN,
    /** What a killed process had begun to write. */
    UNFINISHED,
    /** A lock that nobody holds. */
    LOCK
  }

  /** Which finished work stays for the next run. */
  public enum Points {
    /** What the last run of each recipe relied on. */
    LAST,
    /** None: the next run computes everything anew. */
    NONE
  }

  /**
   * How much to keep.
   *
   * @param versions of each dataset and model so many of the newest, and those that are needed; all
   *     if empty
   * @param runs so many of the newest finished runs, and those that made kept versions; all if
   *     empty
   * @param points which finished work stays
   */
  public record Rules(OptionalInt versions, OptionalInt runs, Points points) {
    /** Keeps all versions, all finished runs and the work of last runs. */
    public static final Rules USUAL =
        new Rules(OptionalInt.empty(), OptionalInt.empty(), Points.LAST);

    public Rules {
      if (versions.isPresent() && versions.getAsInt() < 1) {
        throw new IllegalArgumentException("versions to keep must be at least 1");
      }
      if (runs.isPresent() && runs.getAsInt() < 0) {
        throw new IllegalArgumentException("runs to keep must be at least 0");
      }
    }
  }

  /**
   * A file or folder.
   *
   * @param path relative to the workspace, with slashes
   * @param bytes size of all files
   */
  public record Piece(Kind kind, String path, long bytes) {}

  /**
   * A version that is kept beyond the number to keep.
   *
   * @param version {@code name@version}
   * @param by the version, model or run that was made from it
   */
  public record Kept(String version, String by) {}

  /**
   * What was found.
   *
   * @param kept versions beyond the number to keep, with the reason
   * @param live ids of the runs at work, because of which shards and unfinished files stay
   */
  public record Found(List<Piece> pieces, List<Kept> kept, List<String> live) {
    public Found {
      pieces = List.copyOf(pieces);
      kept = List.copyOf(kept);
      live = List.copyOf(live);
    }

    /** Returns the size of all pieces. */
    public long bytes() {
      return pieces.stream().mapToLong(Piece::bytes).sum();
    }
  }

  /** Finds what {@link #remove} would remove now, and touches nothing. */
  public static Found find(Workspace workspace, Rules rules) throws IOException {
    return new GarbageSearch(workspace, rules).search();
  }

  /**
   * Removes what is not needed and returns what is no more.
   *
   * @throws dev.quern.engine.DataException if the workspace cannot be written to, or what a version
   *     needs cannot be told because a manifest is damaged: then nothing is removed
   */
  public static Found remove(Workspace workspace, Rules rules) throws IOException {
    workspace.requireWritable();
    try (WriteLock lock = workspace.lock()) {
      workspace.subjects().requireFinished();
      Found found = new GarbageSearch(workspace, rules).search();
      List<Piece> removed = new ArrayList<>();
      for (Piece piece : found.pieces()) {
        if (remove(workspace, piece)) {
          removed.add(piece);
        }
      }
      return new Found(removed, found.kept(), found.live());
    }
  }

  private static boolean remove(Workspace workspace, Piece piece) throws IOException {
    Path path = workspace.root().resolve(piece.path());
    String name = String.valueOf(path.getFileName());
    switch (piece.kind()) {
      case VERSION:
        String id = name.substring(0, name.length() - ".json".length());
        return workspace.datasets().remove(parent(path), id);
      case MODEL:
        return workspace.models().remove(parent(path), name);
      default:
        break;
    }
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return Files.deleteIfExists(path);
    }
    // What is read as a whole must not be seen in parts if this process is killed.
    if (Set.of(Kind.POINT, Kind.RUN).contains(piece.kind())) {
      Folders.remove(path);
    } else {
      Folders.delete(path);
    }
    return true;
  }

  private static String parent(Path path) {
    return String.valueOf(path.getName(path.getNameCount() - 2));
  }
}
