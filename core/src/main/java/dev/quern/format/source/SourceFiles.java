package dev.quern.format.source;

import dev.quern.engine.Attempts;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.engine.Source;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the files a source's path means: one file, a glob ({@code data/**}{@code /*.jsonl}), a
 * folder where the reader takes folders, or an https address with its SHA-256.
 *
 * <p>Names are relative to the file's folder, to the part of the glob before its first wildcard or
 * to the folder, with {@code /} on every system; files come sorted by them. Globs and folders pass
 * over names that begin with a dot.
 */
public final class SourceFiles {
  /** Whether a reader takes a folder for the files in it. */
  public enum Folders {
    REFUSED,
    /** All files in the folder and the folders below it. */
    ALLOWED
  }

  /** The code of what is told of an address that this process cannot read. */
  public static final String UNKNOWN_SCHEME = "unknown_scheme";

  private SourceFiles() {}

  /**
   * Finds the files of {@code path}.
   *
   * @param path as written in the recipe
   * @param sha256 the digest an https address must have
   * @param attempts told of what was fetched, under the name of the source
   * @throws DataException if there are none or one is no regular, readable file
   */
  public static List<InputFile> find(
      Source source,
      String path,
      Optional<String> sha256,
      Folders folders,
      Consumer<Attempts> attempts)
      throws IOException {
    if (isAddress(path)) {
      return List.of(
          Download.fetch(path, sha256, Path.of(source.cache()), source.name(), attempts));
    }
    if (RemoteFiles.isAddress(path)) {
      RemoteFiles remote =
          RemoteFiles.of(path)
              .orElseThrow(
                  () ->
                      new DataException(
                          UNKNOWN_SCHEME,
                          path
                              + ": path must be a local path or an https address; found: "
                              + RemoteFiles.scheme(path)
                              + ":; file systems of Hadoop are read with --engine spark, of others"
                              + " fetch the file and name its local path"));
      return remote(remote, path, sha256, folders);
    }
    // Windows has no paths with wildcards, so a glob is tried as a plain name only elsewhere.
    boolean glob = Glob.isGlob(path);
    Path local = glob && java.io.File.separatorChar == '\\' ? null : resolve(source, path);
    List<InputFile> files = new ArrayList<>();
    if (local != null && Files.isDirectory(local)) {
      if (folders == Folders.REFUSED) {
        throw new DataException(
            "is_a_folder",
            path + ": must be a file or a glob; found: a folder; write " + path + "/*");
      }
      collect(path, local, Glob.of("**"), files);
    } else if (local != null && Files.exists(local)) {
      files.add(inputFile(path, name(local), local));
    } else if (local != null && Files.isSymbolicLink(local)) {
      throw leadsNowhere(path);
    } else if (glob) {
      int cut = Glob.folderLength(path);
      Path base = resolve(source, path.substring(0, cut));
      if (Files.isDirectory(base)) {
        collect(path, base, Glob.of(path.substring(cut)), files);
      }
    }
    if (files.isEmpty()) {
      throw new DataException(
          "file_not_found",
          path
              + ": must name at least one file; found: none below "
              + source.folder()
              + "; relative paths start from the recipe's folder");
    }
    if (sha256.isPresent()) {
      if (files.size() > 1) {
        throw new DataException(
            "ambiguous_sha256", path + ": sha256 must belong to one file; found: " + files.size());
      }
      Download.verify(path, Path.of(files.get(0).path()), sha256.get());
    }
    return files;
  }

  private static List<InputFile> remote(
      RemoteFiles remote, String path, Optional<String> sha256, Folders folders)
      throws IOException {
    if (sha256.isPresent()) {
      throw new DataException(
          "sha256_of_remote",
          path
              + ": sha256 must stand with https addresses and local files; found: another address;"
              + " leave it out");
    }
    List<InputFile> files = new ArrayList<>();
    if (Glob.isGlob(path)) {
      int cut = Glob.folderLength(path);
      collect(remote, path.substring(0, cut), Glob.of(path.substring(cut)), files);
    } else {
      remote.file(path).ifPresent(files::add);
      if (files.isEmpty()) {
        collect(remote, path, Glob.of("**"), files);
        if (!files.isEmpty() && folders == Folders.REFUSED) {
          throw new DataException(
              "is_a_folder",
              path + ": must be a file or a glob; found: a folder; write " + path + "/*");
        }
      }
    }
    if (files.isEmpty()) {
      throw new DataException(
          "file_not_found",
          path + ": must name at least one file; found: none; correct the address");
    }
    return files;
  }

  private static void collect(RemoteFiles remote, String folder, Glob glob, List<InputFile> into)
      throws IOException {
    for (InputFile file : remote.list(folder, glob.depth())) {
      boolean hidden = ("/" + file.name()).contains("/.") && !glob.namesHidden();
      if (!hidden && glob.matches(file.name())) {
        into.add(file);
      }
    }
    into.sort(Comparator.comparing(InputFile::name));
  }

  /** Returns {@code path} as messages and names show it: addresses without user and query. */
  public static String shown(String path) {
    return isAddress(path) ? Download.shown(path) : path;
  }

  private static boolean isAddress(String path) {
    return path.toLowerCase(Locale.ROOT).startsWith("https:");
  }

  private static Path resolve(Source source, String path) {
    try {
      return Path.of(source.folder()).resolve(path).normalize().toAbsolutePath();
    } catch (InvalidPathException e) {
      throw undecodable(path);
    }
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }

  private static void collect(String path, Path base, Glob glob, List<InputFile> into)
      throws IOException {
    Files.walkFileTree(
        base,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        glob.depth(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden = !folder.equals(base) && name(folder).startsWith(".");
            return hidden && !glob.namesHidden()
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isDirectory()) {
              return FileVisitResult.CONTINUE; // deeper than the glob goes
            }
            String name = base.relativize(file).toString().replace(java.io.File.separatorChar, '/');
            boolean hidden = name(file).startsWith(".") && !glob.namesHidden();
            if (!hidden && glob.matches(name)) {
              if (attributes.isSymbolicLink()) {
                throw leadsNowhere(path + ": " + name);
              }
              into.add(inputFile(path + ": " + name, name, file));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            String name = base.relativize(file).toString().replace(java.io.File.separatorChar, '/');
            throw new DataException(
                "file_not_readable", path + ": " + name + ": must be readable; found: " + kind(e));
          }
        });
    into.sort(Comparator.comparing(InputFile::name));
  }

  private static DataException leadsNowhere(String where) {
    return new DataException(
        "file_not_found",
        where + ": must be a file; found: a link that leads to none; correct its target");
  }

  private static DataException undecodable(String where) {
    String encoding = System.getProperty("sun.jnu.encoding", "unknown");
    return new DataException(
        "file_not_found",
        where
            + ": must be a name that the locale can write ("
            + encoding
            + "); found: another; rename the file"
            + (encoding.equals("UTF-8") ? "" : ", or set LC_ALL=C.UTF-8"));
  }

  /** Names travel as text: one that is no text of the locale could not be opened again. */
  private static boolean isText(Path file) {
    try {
      return Path.of(file.toString()).equals(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static InputFile inputFile(String where, String name, Path file) throws IOException {
    if (!isText(file)) {
      throw undecodable(where);
    }
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new DataException(
          "not_a_file",
          where
              + ": must be a regular file; found: a pipe, device or socket; write its content to a"
              + " file first");
    }
    if (!Files.isReadable(file)) {
      throw new DataException(
          "file_not_readable",
          where + ": must be readable; found: no permission; check its rights");
    }
    return new InputFile(
        name, file.toString(), attributes.size(), attributes.lastModifiedTime().toMillis());
  }

  private static String kind(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "no permission; check its rights"
        : e instanceof java.nio.file.FileSystemLoopException
            ? "a link to a folder above it; remove the link, or name the files more closely"
            : e.getClass().getSimpleName();
  }
}
