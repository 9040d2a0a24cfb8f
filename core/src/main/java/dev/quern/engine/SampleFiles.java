package dev.quern.engine;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How files that may hold samples, or what was learnt of them, are written and read: the one place
 * at which they are opened. In clear ({@link ClearFiles}), or encrypted; who reads sees the same
 * content at the same places. Safe for several threads.
 */
public interface SampleFiles {
  /** A file that is being written, from its beginning on. Not safe for several threads. */
  interface Output extends Closeable {
    /** Appends {@code length} bytes from {@code from} on. */
    void write(byte[] bytes, int from, int length) throws IOException;

    /** Completes the file, forces it to the disk and closes it. */
    void finish() throws IOException;

    /** Returns a stream into this output; closing it does nothing. */
    default OutputStream stream() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          Output.this.write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          Output.this.write(bytes, from, length);
        }
      };
    }
  }

  /** The content of a file. Safe for several threads. */
  interface Input extends Closeable {
    /** Returns the file, for messages. */
    Path path();

    /** Returns the bytes of the content. */
    long size() throws IOException;

    /**
     * Reads some bytes at {@code place}.
     *
     * @return how many, -1 at the end
     * @throws DataException if the file is not as it was encrypted
     */
    int read(ByteBuffer into, long place) throws IOException;
  }

  /**
   * Opens the new or emptied file {@code file} for writing, for the owner only.
   *
   * @param name where it will lie when it is read; what is encrypted is bound to that place
   */
  Output create(Path file, Path name) throws IOException;

  /**
   * Opens {@code file}, which was written to lie at {@code name}.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws DataException if its key is not there, or it is not as it was encrypted
   */
  Input open(Path file, Path name) throws IOException;

  /** Returns the bytes of the content of {@code file}, as far as its size on the disk tells. */
  long size(Path file) throws IOException;

  /**
   * Returns the bytes of a file with this content that will lie at {@code name}: for who writes
   * them in one step.
   */
  byte[] stored(byte[] content, Path name) throws IOException;

  /**
   * Returns the content of a file that consists of the bytes {@code stored}, see {@link #open}.
   *
   * @param name where it was written to lie
   */
  byte[] content(byte[] stored, Path name) throws IOException;

  /**
   * Returns what may be told of samples whose logical digest is {@code digest}: that, or where new
   * files are encrypted a keyed hash of it, so that nobody else can try what the samples may be.
   * Equal samples under one key have equal ones.
   */
  String told(String digest);

  /** Returns by what new files are encrypted, in no secret words; empty for nothing. */
  String encryption();

  /** Opens {@code file} at its place. */
  default Input open(Path file) throws IOException {
    return open(file, file);
  }

  /** Returns the content of {@code file}, see {@link #open}. */
  default byte[] content(Path file) throws IOException {
    return content(file, file);
  }

  /** Returns the content of {@code file}, which was written to lie at {@code name}. */
  default byte[] content(Path file, Path name) throws IOException {
    try (InputStream in = stream(open(file, name))) {
      return in.readAllBytes();
    }
  }

  /** Copies {@code file} to {@code to}, in clear or encrypted as new files are. */
  default void copy(Path file, Path to) throws IOException {
    copy(file, file, to);
  }

  /** Copies {@code file}, which was written to lie at {@code name}. */
  default void copy(Path file, Path name, Path to) throws IOException {
    try (InputStream in = stream(open(file, name));
        Output out = create(to, to)) {
      in.transferTo(out.stream());
      out.finish();
    }
  }

  /** Returns a reader of the lines of {@code file}, UTF-8. */
  default BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(new InputStreamReader(stream(open(file)), StandardCharsets.UTF_8));
  }

  /** Returns a stream of the content of {@code file}. */
  default InputStream stream(Path file) throws IOException {
    return stream(open(file));
  }

  private static InputStream stream(Input input) {
    return new InputStream() {
      private long place;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        int n = input.read(ByteBuffer.wrap(bytes, from, length), place);
        place += Math.max(n, 0);
        return n;
      }

      @Override
      public void close() throws IOException {
        input.close();
      }
    };
  }
}
