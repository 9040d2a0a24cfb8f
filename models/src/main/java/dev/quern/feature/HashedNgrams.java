package dev.quern.feature;

import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.data.Slice;
import java.util.Arrays;

/**
 * N-grams of a text, hashed to rows of a table. The text is lowered; ideographs, kana and hangul
 * give n-grams of 1 to {@code longest} characters, other letters and digits form words that give
 * n-grams of 1 to {@code longest - 1} words (at least single ones). White space and punctuation
 * separate words; both end a run of characters. A row's weight is √count, and the weights of a text
 * are divided by the root of the sum of their squares. A missing text has no n-grams.
 *
 * <p>Not safe for several threads.
 */
public final class HashedNgrams {
  private static final int WORDS = 1;
  private static final int CHARACTERS = 2;

  private final int buckets;
  private final int longest;
  private final Hash128 hash = new Hash128();
  private final Slice slice = new Slice();
  private byte[] scratch = new byte[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] found = new int[256];
  private int count;

  /**
   * Makes a hasher.
   *
   * @param buckets rows of the table, a power of 2
   * @param longest characters of the longest n-gram, at least 1
   */
  public HashedNgrams(int buckets, int longest) {
    if (Integer.bitCount(buckets) != 1 || longest < 1) {
      throw new IllegalArgumentException(
          "buckets must be a power of 2 and the longest n-gram >= 1 (characters); found: "
              + buckets
              + " and "
              + longest);
    }
    this.buckets = buckets;
    this.longest = longest;
  }

  /** Rows and weights of texts, those of row i at offsets[i] (included) to offsets[i + 1]. */
  public static final class Rows {
    private int[] offsets = new int[1025];
    private int[] ids = new int[4096];
    private float[] weights = new float[4096];
    private int texts;

    /** Number of texts. */
    public int texts() {
      return texts;
    }

    /** Offsets, one more than texts. */
    public int[] offsets() {
      return Arrays.copyOf(offsets, texts + 1);
    }

    /** Rows of the table. */
    public int[] ids() {
      return Arrays.copyOf(ids, offsets[texts]);
    }

    /** Weights of the rows. */
    public float[] weights() {
      return Arrays.copyOf(weights, offsets[texts]);
    }

    private int room(int more) {
      if (texts + 2 > offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * offsets.length);
      }
      int end = offsets[texts];
      if (more > ids.length - end) {
        int size = Math.max(Math.addExact(end, more), ids.length + (ids.length >> 1));
        ids = Arrays.copyOf(ids, size);
        weights = Arrays.copyOf(weights, size);
      }
      return end;
    }
  }

  /** Appends the n-grams of the text in {@code row} of {@code column} to {@code rows}. */
  public void append(Column column, int row, Rows rows) {
    count = 0;
    if (!column.isNull(row)) {
      column.sliceAt(row, slice);
      split(slice.text());
    }
    Arrays.sort(found, 0, count);
    int at = rows.room(count);
    int first = at;
    double squares = 0;
    for (int i = 0; i < count; ) {
      int next = i + 1;
      while (next < count && found[next] == found[i]) {
        next++;
      }
      rows.ids[at] = found[i];
      rows.weights[at++] = (float) Math.sqrt(next - i);
      squares += next - i;
      i = next;
    }
    float norm = (float) Math.sqrt(squares);
    for (int i = first; i < at; i++) {
      rows.weights[i] /= norm;
    }
    rows.offsets[++rows.texts] = at;
  }

  private void split(String text) {
    scratch = scratch.length < 4 * text.length() ? new byte[4 * text.length()] : scratch;
    int used = 0;
    int units = 0;
    int kind = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      int next = kind(point);
      if (next == 0) {
        inside = false;
        if (kind == CHARACTERS) {
          emit(units, CHARACTERS);
          units = 0;
          kind = 0;
        }
        continue;
      }
      if (kind != 0 && next != kind) {
        emit(units, kind);
        units = 0;
        inside = false;
      }
      kind = next;
      if (next == CHARACTERS || !inside) {
        units = begin(units, used);
      }
      used = put(Character.toLowerCase(point), used);
      ends[units - 1] = used;
      inside = next == WORDS;
    }
    emit(units, kind);
  }

  private static int kind(int point) {
    if (Character.isIdeographic(point)) {
      return CHARACTERS;
    }
    int type = Character.getType(point);
    boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    if (!mark && !Character.isLetterOrDigit(point)) {
      return 0;
    }
    if (point < 0x1100) {
      return WORDS;
    }
    return switch (Character.UnicodeScript.of(point)) {
      case HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> CHARACTERS;
      default -> WORDS;
    };
  }

  private int begin(int units, int used) {
    if (units == starts.length) {
      starts = Arrays.copyOf(starts, 2 * units);
      ends = Arrays.copyOf(ends, 2 * units);
    }
    starts[units] = used;
    return units + 1;
  }

  private int put(int point, int used) {
    int at = used;
    if (point < 0x80) {
      scratch[at++] = (byte) point;
    } else if (point < 0x800) {
      scratch[at++] = (byte) (0xC0 | point >> 6);
      scratch[at++] = (byte) (0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
      scratch[at++] = (byte) (0xE0 | point >> 12);
      scratch[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
      scratch[at++] = (byte) (0x80 | (point & 0x3F));
    } else {
      scratch[at++] = (byte) (0xF0 | point >> 18);
      scratch[at++] = (byte) (0x80 | (point >> 12 & 0x3F));
      scratch[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
      scratch[at++] = (byte) (0x80 | (point & 0x3F));
    }
    return at;
  }

  private void emit(int units, int kind) {
    int most = kind == CHARACTERS ? longest : Math.max(1, longest - 1);
    for (int i = 0; i < units; i++) {
      hash.reset().putByte(kind);
      for (int n = 1; n <= most && i + n <= units; n++) {
        // The length before each unit keeps "a bc" and "ab c" apart.
        hash.putLong(ends[i + n - 1] - starts[i + n - 1])
            .putBytes(scratch, starts[i + n - 1], ends[i + n - 1])
            .finish();
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = (int) hash.high() & (buckets - 1);
      }
    }
  }
}
