package dev.quern.acquire;

import dev.quern.engine.Attempts;
import dev.quern.engine.InputFile;
import dev.quern.engine.Source;
import dev.quern.format.source.SourceFiles;
import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where files are, as recipes say it.
 *
 * @param path a file, a glob or an https address
 * @param sha256 the digest the file must have; needed for an https address
 */
record Location(String path, Optional<String> sha256) {
  static final Param<String> PATH =
      Param.path(
          "path",
          new Localized(
              "A file, a glob such as data/**/*.csv, or an https address with its sha256; relative"
                  + " to the recipe; .gz and .zst are unpacked.",
              "文件、通配符（如 data/**/*.csv）或带 sha256 的 https 地址；相对于配方文件；自动解压 .gz 和 .zst。"));

  /** For files that are read as they are stored. */
  static final Param<String> STORED_PATH =
      Param.path(
          "path",
          new Localized(
              "A file, a glob such as data/**/*.parquet, or an https address with its sha256;"
                  + " relative to the recipe.",
              "文件、通配符（如 data/**/*.parquet）或带 sha256 的 https 地址；相对于配方文件。"));

  static final Param<String> SHA256 =
      Param.text(
              "sha256",
              new Localized(
                  "The SHA-256 the file must have; needed for an https address.",
                  "文件必须具有的 SHA-256；https 地址必须给出。"))
          .where("64 hexadecimal digits", digest -> digest.matches("[0-9a-fA-F]{64}"))
          .optional();

  List<InputFile> files(Source source, Consumer<Attempts> attempts, SourceFiles.Folders folders)
      throws IOException {
    return SourceFiles.find(source, path, sha256, folders, attempts);
  }
}
