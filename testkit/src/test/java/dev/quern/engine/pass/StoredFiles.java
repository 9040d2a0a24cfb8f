package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.ClearFiles;
import dev.quern.engine.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a pass, opened to the fuzzer: blocks of samples and the journal. */
public final class StoredFiles {
  private StoredFiles() {}

  /** Writes {@code batches} to {@code file}, packed or not. */
  public static void write(Path file, Schema schema, List<Batch> batches, boolean packed)
      throws IOException {
    Frames.Packing packing = packed ? Frames.Packing.ZSTD : Frames.Packing.RAW;
    try (BlockFile.Writer writer =
        new BlockFile.Writer(ClearFiles.CLEAR.create(file, file), schema, packing)) {
      for (Batch batch : batches) {
        writer.write(batch);
      }
      writer.finish();
    }
  }

  /** Reads all batches of {@code file}. */
  public static List<Batch> read(Path file, Schema schema) throws IOException {
    List<Batch> batches = new ArrayList<>();
    BlockFile.read(ClearFiles.CLEAR, file, schema, 0, Files.size(file), batches::add);
    return batches;
  }

  /**
   * Returns the line of a journal that {@code json} is, written anew.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static String line(String json) {
    return TaskLine.parse(json).json();
  }

  /** Opens the journal in {@code folder} and returns its lines. */
  public static List<String> journal(Path folder, String pass) throws IOException {
    try (Journal journal = Journal.open(PassFolder.open(folder), pass, Progress.NONE)) {
      return journal.lines().values().stream().map(TaskLine::json).toList();
    }
  }

  /** Writes a journal of {@code lines}. */
  public static void write(Path folder, String pass, List<String> lines) throws IOException {
    try (Journal journal = Journal.open(PassFolder.open(folder), pass, Progress.NONE)) {
      for (String line : lines) {
        journal.add(TaskLine.parse(line));
      }
    }
  }
}
