package dev.quern.cli;

import dev.quern.data.Split;
import dev.quern.engine.InputFile;
import dev.quern.engine.Source;
import dev.quern.format.source.Head;
import dev.quern.format.source.SourceFiles;
import dev.quern.format.source.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a scan is to look at.
 *
 * @param name as people know it
 * @param file none for a dataset
 * @param format of a file of samples; none for text and datasets
 */
record ScanTarget(String name, Optional<InputFile> file, Optional<FileFormat> format) {
  /** How files begin that hold no text of their own, and what they are. */
  private static final Map<String, String> BEGINNINGS =
      new TreeMap<>(
          Map.of(
              "%PDF-", "a PDF; fix: save it as text",
              "PK\u0003\u0004", "a ZIP archive, as .docx, .xlsx and .odt are; fix: save it as text",
              "\u0089PNG", "an image",
              "\u00ff\u00d8\u00ff", "an image",
              "GIF8", "an image"));

  /**
   * Returns what {@code written} names: a file, all files in a folder and below, or a dataset. A
   * file that exists wins over a dataset of that name.
   *
   * @param binary receives names of files in a folder that hold no text
   */
  static List<ScanTarget> of(
      Session session, String written, Optional<FileFormat> format, List<String> binary)
      throws IOException {
    Path path = session.outside().resolve(Path.of(written));
    if (!Files.exists(path)) {
      if (written.indexOf('.') >= 0 || written.indexOf('/') >= 0 || format.isPresent()) {
        throw new UsageException(
            "FILE must be a file or folder; found: none at "
                + path
                + "; a dataset is named without folder and ending, NAME or NAME@VERSION");
      }
      return List.of(new ScanTarget(written, Optional.empty(), Optional.empty()));
    }
    boolean folder = Files.isDirectory(path);
    String where = String.valueOf(path.toAbsolutePath().getParent());
    Source source = new Source(0, written, where, where, Split.NONE, List.of());
    List<ScanTarget> targets = new ArrayList<>();
    for (InputFile file :
        SourceFiles.find(
            source,
            path.toAbsolutePath().toString(),
            Optional.empty(),
            SourceFiles.Folders.ALLOWED,
            attempts -> {})) {
      String name = folder ? written.replaceAll("/+$", "") + "/" + file.name() : written;
      Optional<FileFormat> meant =
          format.isPresent() ? format : FileFormat.byEnding(Path.of(file.path()));
      Optional<String> found = meant.isPresent() ? Optional.empty() : binary(file);
      if (found.isEmpty()) {
        targets.add(new ScanTarget(name, Optional.of(file), meant));
      } else if (folder) {
        binary.add(name);
      } else {
        throw new UsageException(
            "FILE must be text, or end in .csv, .jsonl or .parquet; found: "
                + name
                + ", "
                + found.get());
      }
    }
    return targets;
  }

  /** Returns what {@code file} is where it is no text. */
  private static Optional<String> binary(InputFile file) throws IOException {
    byte[] head = TextFile.head(file, Head.LAYOUT, Optional.empty()).bytes();
    String begins = new String(head, 0, Math.min(8, head.length), StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> known : BEGINNINGS.entrySet()) {
      if (begins.startsWith(known.getKey())) {
        return Optional.of(known.getValue());
      }
    }
    int controls = 0;
    for (byte one : head) {
      if (one == 0) {
        return Optional.of("binary content (zero bytes)");
      }
      controls += one > 0 && one < ' ' && one != '\t' && one != '\n' && one != '\r' ? 1 : 0;
    }
    // Terminals leave some in logs, escapes of colours foremost.
    return controls * 10 > head.length
        ? Optional.of(
            String.format(Locale.ROOT, "binary content (%d control characters)", controls))
        : Optional.empty();
  }
}
