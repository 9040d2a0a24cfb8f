package dev.quern.privacy.recognise;

import dev.quern.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what a detector finds in a text as people write it, and tells where: never a value. The
 * text is looked at in blocks that end with a paragraph or line, so that a finding sees the lines
 * around it whatever the size of the text. For one text and one thread.
 */
public final class TextScan {
  /** Places of a type that are told; further findings are counted alone. */
  public static final int PLACES = 1000;

  private static final int BLOCK = 1 << 16;

  private final Detector detector;
  private final Map<String, Found> found = new TreeMap<>();
  private final byte[] block = new byte[BLOCK];
  private int filled;

  /** Line and column, in code points, at which the next block begins; both from 1 on. */
  private long line = 1;

  private long column = 1;
  private long malformed;
  private long firstMalformed;

  /**
   * Where a finding begins.
   *
   * @param line from 1 on
   * @param column in code points, from 1 on
   */
  public record Place(long line, long column) {
    @Override
    public String toString() {
      return line + ":" + column;
    }
  }

  /**
   * How often one type was found.
   *
   * @param type the type
   * @param findings all of them
   * @param places of the first {@value #PLACES}, in their order
   */
  public record Count(String type, long findings, List<Place> places) {}

  private static final class Found {
    private final List<Place> places = new ArrayList<>();
    private long findings;
  }

  /** Makes a scan that has seen nothing. */
  public TextScan(Detector detector) {
    this.detector = detector;
  }

  /**
   * Looks at a whole text.
   *
   * @param text UTF-8; lines that are none are left out and counted
   */
  public void add(InputStream text) throws IOException {
    boolean more = true;
    while (more || filled > 0) {
      int read = more ? text.readNBytes(block, filled, BLOCK - filled) : 0;
      filled += read;
      more = more && filled == BLOCK;
      int end = more ? end() : filled;
      look(end);
      System.arraycopy(block, end, block, 0, filled - end);
      filled -= end;
    }
  }

  /** Returns where the block is cut: behind a paragraph, else a line, else a word. */
  private int end() {
    int lines = 0;
    int words = 0;
    for (int i = filled - 1; i > filled / 2; i--) {
      if (block[i] == '\n') {
        if (block[i - 1] == '\n' || block[i - 1] == '\r' && block[i - 2] == '\n') {
          return i + 1;
        }
        lines = Math.max(lines, i + 1);
      } else if (block[i] == ' ') {
        words = Math.max(words, i + 1);
      }
    }
    if (lines > 0 || words > 0) {
      return lines > 0 ? lines : words;
    }
    int end = filled;
    while (end > filled - 4 && (block[end - 1] & 0xc0) == 0x80) {
      end--;
    }
    return block[end - 1] < 0 ? end - 1 : end;
  }

  private void look(int end) {
    if (!Utf8.isValid(block, 0, end)) {
      leaveOut(end);
    }
    List<Finding> all = detector.find(detector.passage().of(block, 0, end).in(""));
    int at = 0;
    int points = 0;
    for (Finding one : all) {
      at = advance(at, end, one.start() - points);
      points = Math.max(points, one.start());
      Found of = found.computeIfAbsent(one.type(), type -> new Found());
      of.findings++;
      if (of.places.size() < PLACES) {
        of.places.add(new Place(line, column));
      }
    }
    advance(at, end, Integer.MAX_VALUE);
  }

  /** Moves line and column over {@code points} code points from {@code from} on. */
  private int advance(int from, int end, int points) {
    int at = from;
    for (int left = points; left > 0 && at < end; left--) {
      if (block[at] == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
      at++;
      while (at < end && (block[at] & 0xc0) == 0x80) {
        at++;
      }
    }
    return at;
  }

  /** Puts spaces in place of the lines that are not UTF-8. */
  private void leaveOut(int end) {
    long number = line;
    for (int start = 0; start < end; ) {
      int next = start;
      while (next < end && block[next] != '\n') {
        next++;
      }
      if (!Utf8.isValid(block, start, next)) {
        Arrays.fill(block, start, next, (byte) ' ');
        firstMalformed = malformed++ == 0 ? number : firstMalformed;
      }
      start = next + 1;
      number++;
    }
  }

  /** Returns how many lines were seen, those left out among them. */
  public long lines() {
    return column > 1 ? line : line - 1;
  }

  /** Returns how many lines, or stretches of very long ones, were left out. */
  public long malformed() {
    return malformed;
  }

  /** Returns the number of the first line that was left out, 0 for none. */
  public long firstMalformed() {
    return firstMalformed;
  }

  /** Returns the counts, by findings downwards, then by type. */
  public List<Count> counts() {
    List<Count> all = new ArrayList<>();
    found.forEach((type, of) -> all.add(new Count(type, of.findings, List.copyOf(of.places))));
    all.sort((one, other) -> Long.compare(other.findings(), one.findings()));
    return all;
  }
}
