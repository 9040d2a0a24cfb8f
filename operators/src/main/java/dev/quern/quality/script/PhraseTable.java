package dev.quern.quality.script;

import dev.quern.text.Utf8;
import dev.quern.text.Utf8Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Replaces phrases and characters of UTF-8 text by the longest match from left to right, as OpenCC
 * does. Immutable once made; safe for several threads.
 *
 * <p>The dictionaries are those of OpenCC (Apache-2.0) as the library opencc4j bundles them: one
 * entry a line, the key, white space, then its replacements, of which the first counts.
 */
public final class PhraseTable {
  private static final String FOLDER = "/data/dictionary/";

  private byte[] keys = new byte[1 << 16];
  private byte[] values = new byte[1 << 16];
  private int[] keyEnds = new int[1 << 12];
  private int[] valueEnds = new int[1 << 12];
  private int size;
  private int[] table = new int[0];

  /** Bytes of the longest key that begins with a character of the basic plane. */
  private final short[] longest = new short[1 << 16];

  private PhraseTable() {}

  /** Made on first use: the dictionaries hold some 50,000 entries. */
  private static final class Simplified {
    static final PhraseTable TABLE = of("TSCharacters.txt", "TSPhrases.txt");
  }

  private static final class Traditional {
    static final PhraseTable TABLE = of("STCharacters.txt", "STPhrases.txt");
  }

  /** Returns the table that makes text simplified. */
  public static PhraseTable toSimplified() {
    return Simplified.TABLE;
  }

  /** Returns the table that makes text traditional. */
  public static PhraseTable toTraditional() {
    return Traditional.TABLE;
  }

  private static PhraseTable of(String... names) {
    PhraseTable table = new PhraseTable();
    for (String name : names) {
      try (InputStream in = PhraseTable.class.getResourceAsStream(FOLDER + name)) {
        if (in == null) {
          throw new IllegalStateException(
              "dictionary must be on the class path; found: no " + name);
        }
        table.read(in.readAllBytes());
      } catch (IOException e) {
        throw new IllegalStateException("dictionary must be readable; found: " + name, e);
      }
    }
    table.index();
    return table;
  }

  private void read(byte[] lines) {
    int at = 0;
    while (at < lines.length) {
      int end = Utf8.indexOf((byte) '\n', lines, at, lines.length);
      end = end < 0 ? lines.length : end;
      int keyEnd = wordEnd(lines, at, end);
      int value = keyEnd;
      while (value < end && lines[value] <= ' ' && lines[value] >= 0) {
        value++;
      }
      int valueEnd = wordEnd(lines, value, end);
      boolean same = Arrays.equals(lines, at, keyEnd, lines, value, valueEnd);
      // A phrase that stays has to stand in the table, or its characters would be replaced.
      if (keyEnd > at && valueEnd > value && (!same || keyEnd - at > 4)) {
        add(lines, at, keyEnd, value, valueEnd);
      }
      at = end + 1;
    }
  }

  private static int wordEnd(byte[] lines, int from, int end) {
    int at = from;
    while (at < end && (lines[at] > ' ' || lines[at] < 0)) {
      at++;
    }
    return at;
  }

  private void add(byte[] lines, int key, int keyEnd, int value, int valueEnd) {
    int keyUsed = size == 0 ? 0 : keyEnds[size - 1];
    int valueUsed = size == 0 ? 0 : valueEnds[size - 1];
    if (size == keyEnds.length) {
      keyEnds = Arrays.copyOf(keyEnds, 2 * size);
      valueEnds = Arrays.copyOf(valueEnds, 2 * size);
    }
    keys = withRoom(keys, keyUsed + keyEnd - key);
    values = withRoom(values, valueUsed + valueEnd - value);
    System.arraycopy(lines, key, keys, keyUsed, keyEnd - key);
    System.arraycopy(lines, value, values, valueUsed, valueEnd - value);
    keyEnds[size] = keyUsed + keyEnd - key;
    valueEnds[size++] = valueUsed + valueEnd - value;
    int first = first(lines, key, keyEnd);
    longest[first] = (short) Math.max(longest[first], keyEnd - key);
  }

  private static byte[] withRoom(byte[] bytes, int needed) {
    return needed <= bytes.length ? bytes : Arrays.copyOf(bytes, 2 * needed);
  }

  /** Returns the first character if it lies in the basic plane, 0 for all others. */
  private static int first(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xff;
    if (lead >= 0xe0 && lead < 0xf0 && at + 2 < end) {
      return (lead & 0x0f) << 12 | (bytes[at + 1] & 0x3f) << 6 | bytes[at + 2] & 0x3f;
    }
    return 0;
  }

  private void index() {
    table = new int[Integer.highestOneBit(4 * size)];
    for (int entry = 0; entry < size; entry++) {
      int start = entry == 0 ? 0 : keyEnds[entry - 1];
      int slot = slot(hash(keys, start, keyEnds[entry]));
      while (table[slot] != 0) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = entry + 1;
    }
  }

  private static int hash(byte[] bytes, int start, int end) {
    int hash = 0x811c9dc5;
    for (int i = start; i < end; i++) {
      hash = (hash ^ bytes[i] & 0xff) * 0x01000193;
    }
    return hash;
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 15) & table.length - 1;
  }

  /** Returns the number of entries. */
  public int size() {
    return size;
  }

  /**
   * Converts {@code bytes[start, end)} into {@code out}, which is reset first.
   *
   * @return whether anything changed; what {@code out} holds is only defined if so
   */
  public boolean convert(byte[] bytes, int start, int end, Utf8Buffer out) {
    out.reset();
    boolean changed = false;
    int copied = start;
    int at = start;
    while (at < end) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int entry = match(bytes, at, end);
      if (entry < 0) {
        at += characterLength(bytes[at]);
        continue;
      }
      int keyStart = entry == 0 ? 0 : keyEnds[entry - 1];
      int length = keyEnds[entry] - keyStart;
      int value = entry == 0 ? 0 : valueEnds[entry - 1];
      out.putBytes(bytes, copied, at);
      out.putBytes(values, value, valueEnds[entry]);
      changed |= !Arrays.equals(values, value, valueEnds[entry], bytes, at, at + length);
      at += length;
      copied = at;
    }
    if (changed) {
      out.putBytes(bytes, copied, end);
    }
    return changed;
  }

  /** Returns the longest entry whose key stands at {@code at}, or -1. */
  private int match(byte[] bytes, int at, int end) {
    int most = longest[first(bytes, at, end)];
    int stop = Math.min(end, at + most);
    int found = -1;
    int hash = 0x811c9dc5;
    int next = at;
    while (next < stop) {
      int boundary = Math.min(next + characterLength(bytes[next]), end);
      for (; next < boundary; next++) {
        hash = (hash ^ bytes[next] & 0xff) * 0x01000193;
      }
      int entry = next <= stop ? find(hash, bytes, at, next) : -1;
      found = entry >= 0 ? entry : found;
    }
    return found;
  }

  private int find(int hash, byte[] bytes, int start, int end) {
    int slot = slot(hash);
    while (table[slot] != 0) {
      int entry = table[slot] - 1;
      int keyStart = entry == 0 ? 0 : keyEnds[entry - 1];
      if (Arrays.equals(keys, keyStart, keyEnds[entry], bytes, start, end)) {
        // Of several entries with one key the first counts.
        return entry;
      }
      slot = slot + 1 & table.length - 1;
    }
    return -1;
  }

  private static int characterLength(byte lead) {
    return lead >= 0 ? 1 : lead >= (byte) 0xf0 ? 4 : lead >= (byte) 0xe0 ? 3 : 2;
  }
}
