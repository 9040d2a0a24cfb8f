package dev.quern.privacy.recognise.cn;

import com.hankcs.hanlp.dictionary.other.CharTable;
import dev.quern.privacy.recognise.Passage;

/**
 * A passage with simplified for traditional characters, one for one, so that places stay: the
 * dictionaries know simplified ones only.
 */
final class Simplified {
  private final Passage passage;

  Simplified(Passage passage) {
    this.passage = passage;
  }

  /** Returns the character at {@code at}, or U+0000 outside of the text. */
  char at(int at) {
    char c = passage.at(at);
    return Passage.isHan(c) ? CharTable.CONVERT[c] : c;
  }

  /** Returns the text between two places. */
  String text(int from, int to) {
    char[] text = new char[to - from];
    for (int i = 0; i < text.length; i++) {
      text[i] = at(from + i);
    }
    return new String(text);
  }
}
