package dev.quern.export;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.quern.data.Batch;
import dev.quern.engine.SampleFiles;
import dev.quern.engine.Writing;
import dev.quern.text.Utf8Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * Writes samples as lines of text.
 *
 * @param type ending without compression, for example {@code .csv}
 * @param rows makes the form of the lines, once for each file
 */
record TextWriting(String type, Compression compression, Supplier<Rows> rows) implements Writing {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LEVEL = 3;

  @Override
  public String ending() {
    return compression == Compression.ZST ? type + ".zst" : type;
  }

  @Override
  public Output open(Path path) throws IOException {
    OutputStream file =
        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new TextOutput(packed(path, file), rows.get(), () -> force(path));
  }

  @Override
  public Output open(Path path, SampleFiles files, Path folder) throws IOException {
    if (files.encryption().isEmpty()) {
      return open(path);
    }
    SampleFiles.Output file = files.create(path, Writing.unnamed(folder));
    return new TextOutput(packed(path, file.stream()), rows.get(), file::finish);
  }

  private OutputStream packed(Path path, OutputStream file) throws IOException {
    boolean zst = compression == Compression.ZST || path.toString().endsWith(".zst");
    return zst ? new ZstdOutputStreamNoFinalizer(file, LEVEL) : file;
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** What remains to be done when all is written. */
  private interface Ending {
    void finish() throws IOException;
  }

  private static final class TextOutput implements Output {
    private final OutputStream out;
    private final Rows rows;
    private final Ending ending;
    private final Utf8Buffer buffer = new Utf8Buffer();
    private boolean closed;

    TextOutput(OutputStream out, Rows rows, Ending ending) {
      this.ending = ending;
      this.out = out;
      this.rows = rows;
      rows.header(buffer);
    }

    @Override
    public void write(Batch batch) throws IOException {
      for (int i = 0; i < batch.count(); i++) {
        rows.row(batch, batch.row(i), buffer);
        if (buffer.length() >= BUFFER_BYTES) {
          flush();
        }
      }
    }

    private void flush() throws IOException {
      out.write(buffer.bytes(), 0, buffer.length());
      buffer.reset();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (out) {
        flush();
      }
      ending.finish();
    }
  }
}
