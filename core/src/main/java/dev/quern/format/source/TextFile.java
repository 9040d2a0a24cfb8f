package dev.quern.format.source;

import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Opens text files as UTF-8, whatever they are stored in. */
public final class TextFile {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private TextFile() {}

  /**
   * Reads the beginning of {@code file}: as many decoded bytes as {@code most} stored text bytes
   * make, about.
   *
   * @param declared the encoding, if it is not to be detected
   */
  public static Head head(InputFile file, int most, Optional<TextEncoding> declared)
      throws IOException {
    byte[] bytes;
    boolean ended;
    try (StoredStream stored = StoredStream.open(file)) {
      bytes = stored.readNBytes(most);
      ended = stored.read() < 0;
    }
    // Detection looks at the same bytes however much of the file is wanted.
    TextEncoding encoding =
        declared.orElseGet(() -> TextEncoding.detect(bytes, Math.min(bytes.length, Head.LAYOUT)));
    Boundaries.Input end = ended ? Boundaries.Input.ENDED : Boundaries.Input.CONTINUES;
    if (encoding != TextEncoding.UTF_8) {
      try (InputStream text =
          new Transcoded(
              new java.io.ByteArrayInputStream(whole(bytes, encoding, ended)), encoding)) {
        return new Head(text.readAllBytes(), encoding, 0, end);
      }
    }
    int mark = startsWithMark(bytes) ? 3 : 0;
    return new Head(Arrays.copyOfRange(bytes, mark, bytes.length), encoding, mark, end);
  }

  /** Returns the content of {@code file} as UTF-8 if it is not larger than {@code most} bytes. */
  public static WholeFiles.Content content(
      InputFile file, long most, Optional<TextEncoding> declared) throws IOException {
    Head head = head(file, Head.LAYOUT, declared);
    if (head.end() == Boundaries.Input.ENDED) {
      boolean fits = head.bytes().length <= most;
      return new WholeFiles.Content(fits ? head.bytes() : null, file.bytes());
    }
    Opened opened = open(file, head.encoding(), head.start());
    try (InputStream text = opened.text()) {
      boolean asStored = opened.stored().isPlain() && head.encoding() == TextEncoding.UTF_8;
      if (asStored && file.bytes() - head.start() > most) {
        return new WholeFiles.Content(null, 0);
      }
      byte[] bytes = text.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
      return new WholeFiles.Content(
          bytes.length <= most ? bytes : null, opened.stored().storedBytes());
    }
  }

  /** Opens {@code file} as UTF-8 without byte order mark; the encoding is detected. */
  public static InputStream text(InputFile file) throws IOException {
    Head head = head(file, Head.LAYOUT, Optional.empty());
    return open(file, head.encoding(), head.start()).text();
  }

  /** Returns {@code file} from {@code offset} of its decoded stream on. */
  static Opened open(InputFile file, TextEncoding encoding, long offset) throws IOException {
    StoredStream stored = StoredStream.open(file);
    if (encoding == TextEncoding.UTF_8) {
      stored.skipTo(offset);
      return new Opened(stored, stored);
    }
    InputStream text = new Transcoded(stored, encoding);
    text.skipNBytes(offset);
    return new Opened(stored, text);
  }

  /**
   * An open file.
   *
   * @param stored counts what is read
   * @param text its content as UTF-8
   */
  record Opened(StoredStream stored, InputStream text) {}

  /** Returns what to say where {@code files} hold nothing by which fields could be told. */
  public static DataException nothingIn(List<InputFile> files, String wanted) {
    long bytes = files.stream().mapToLong(InputFile::bytes).sum();
    String where =
        files.size() == 1 ? files.get(0).name() : files.get(0).name() + " and the other files";
    return new DataException(
        "source_empty",
        where
            + ": must hold "
            + wanted
            + "; found: nothing ("
            + bytes
            + " bytes); fetch the file again, or take the source out of the recipe");
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3);
  }

  /** Cuts a character in halves off the end, which is not the file's end. */
  private static byte[] whole(byte[] bytes, TextEncoding encoding, boolean ended) {
    if (ended) {
      return bytes;
    }
    int end = bytes.length;
    if (encoding == TextEncoding.WINDOWS_1252) {
      return bytes;
    }
    if (encoding == TextEncoding.GB18030) {
      // A line feed is never part of a longer sequence.
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
    } else {
      end &= ~1;
      int high = encoding == TextEncoding.UTF_16LE ? end - 1 : end - 2;
      end -= end > 1 && (bytes[high] & 0xfc) == 0xd8 ? 2 : 0;
    }
    return end == 0 ? bytes : Arrays.copyOf(bytes, end);
  }
}
