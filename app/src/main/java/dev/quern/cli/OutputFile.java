package dev.quern.cli;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.FullDisk;
import dev.quern.engine.Writing;
import dev.quern.operator.Writer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears whole or not at all: written beside its place under another name, moved when
 * complete.
 */
final class OutputFile implements AutoCloseable {
  private final Path unfinished;
  private final Writing.Output output;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    WRITTEN,
    MOVED
  }

  /** A place on a full disk is told as such. */
  private RuntimeException told(IOException e) throws IOException {
    return FullDisk.explained(e, unfinished.toAbsolutePath().resolveSibling(""));
  }

  private OutputFile(Path unfinished, Writing.Output output) {
    this.unfinished = unfinished;
    this.output = output;
  }

  /** Opens a file in {@code folder} for samples of {@code schema}. */
  static OutputFile in(Path folder, Writer writer, Schema schema) throws IOException {
    writer.check(schema);
    Writing writing = writer.bind(schema);
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, ".quern-", writing.ending());
    // Writers make their file anew.
    Files.delete(unfinished);
    return new OutputFile(unfinished, writing.open(unfinished));
  }

  /** Writes the selected samples of {@code batch}. */
  void write(Batch batch) throws IOException {
    try {
      output.write(batch);
    } catch (IOException e) {
      throw told(e);
    }
  }

  private void complete() throws IOException {
    try {
      output.close();
    } catch (IOException e) {
      throw told(e);
    }
    state = State.WRITTEN;
  }

  /** Completes the file and moves it to {@code place}. */
  void moveTo(Path place) throws IOException {
    complete();
    Files.move(
        unfinished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    state = State.MOVED;
  }

  /** Completes the file and copies it to {@code out}. */
  void copyTo(OutputStream out) throws IOException {
    complete();
    Files.copy(unfinished, out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try {
      // What cannot be completed cannot always be closed either.
      if (state == State.OPEN) {
        output.close();
      }
    } finally {
      if (state != State.MOVED) {
        Files.deleteIfExists(unfinished);
      }
    }
  }
}
