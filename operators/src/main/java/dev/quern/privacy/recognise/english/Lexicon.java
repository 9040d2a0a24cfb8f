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
 * nationalities, firms, ordinary words and kinds of road, and which kind of meaning ordinary words
 * have most often (by the files of WordNet, one to a class). Words are known by a hash of their
 * small letters.
 */
final class Lexicon {
  private static final String RESOURCE = "names.txt.gz";
  private final long[] keys;
  private final short[] masks;
  private final byte[] classes;

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
        int tab = line.indexOf('\t');
        boolean isClass = line.charAt(0) == '=';
        long mask = isClass ? 0 : 1L << list++;
        long kind = isClass ? Integer.parseInt(line, 1, tab, 10) : 0;
        for (String word : line.substring(tab + 1).split(" ", -1)) {
          entries.add(new long[] {Tokens.hash(word), mask, kind});
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int capacity = Integer.highestOneBit(entries.size()) * 4;
    keys = new long[capacity];
    masks = new short[capacity];
    classes = new byte[capacity];
    for (long[] entry : entries) {
      int slot = slot(entry[0]);
      keys[slot] = entry[0];
      masks[slot] |= (short) entry[1];
      classes[slot] |= (byte) entry[2];
    }
  }

  /** Returns the lists that hold the word of a hash, one bit each. */
  int lists(long hash) {
    return masks[slot(hash)];
  }

  /** Returns the class of the word of a hash, 0 for none. */
  int meaning(long hash) {
    return classes[slot(hash)];
  }

  private int slot(long hash) {
    int slot = (int) (hash ^ hash >>> 29) & keys.length - 1;
    while (keys[slot] != 0 && keys[slot] != hash) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }
}
