package dev.quern.privacy.recognise.english;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Which words stand in lists of first names, surnames, places, countries, occupations,
 * nationalities, firms, ordinary words and kinds of road. Words are known by a hash of their small
 * letters.
 */
final class Lexicon {
  private static final String RESOURCE = "names.txt.gz";
  private final long[] keys;
  private final short[] masks;

  Lexicon() {
    List<long[]> entries = new ArrayList<>();
    try (InputStream in = Lexicon.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the jar must hold " + RESOURCE);
      }
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
      int list = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String words = line.substring(line.indexOf('\t') + 1);
        for (String word : words.split(" ", -1)) {
          entries.add(new long[] {Tokens.hash(word), 1L << list});
        }
        list++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int capacity = Integer.highestOneBit(entries.size()) * 4;
    keys = new long[capacity];
    masks = new short[capacity];
    for (long[] entry : entries) {
      int slot = slot(entry[0]);
      keys[slot] = entry[0];
      masks[slot] |= (short) entry[1];
    }
  }

  /** Returns the lists that hold the word of a hash, one bit each. */
  int lists(long hash) {
    return masks[slot(hash)];
  }

  private int slot(long hash) {
    int slot = (int) (hash ^ hash >>> 29) & keys.length - 1;
    while (keys[slot] != 0 && keys[slot] != hash) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }
}
