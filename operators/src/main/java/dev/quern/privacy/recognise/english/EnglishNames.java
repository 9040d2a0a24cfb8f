package dev.quern.privacy.recognise.english;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names and other stretches of English texts that no pattern describes: people, addresses, places,
 * organisations, titles and occupations, ages, nationalities and faiths, dates, postcodes. Found by
 * {@link Tagger}. Texts of other languages are left alone, see {@link Language}.
 */
public final class EnglishNames implements Recogniser {
  private static final double SCORE = 0.75;

  private @Nullable Tagger tagger;

  /** Loaded by the first text. */
  private static final class Shared {
    static final Lexicon LEXICON = new Lexicon();
    static final Tagger.Weights WEIGHTS = Tagger.Weights.shipped();

    private Shared() {}
  }

  @Override
  public String name() {
    return "english_names";
  }

  @Override
  public String type() {
    return Tagger.TYPES[0];
  }

  @Override
  public List<String> types() {
    return List.of(Tagger.TYPES);
  }

  @Override
  public boolean givesWay() {
    return true;
  }

  @Override
  public Recogniser forOneThread() {
    return new EnglishNames();
  }

  @Override
  public boolean readsNumbers() {
    return false;
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    if (!mayBeEnglish(passage)) {
      return;
    }
    Tagger found = tagger;
    if (found == null) {
      found = new Tagger(Shared.WEIGHTS, Shared.LEXICON);
      tagger = found;
    }
    int[] labels = found.tag(passage);
    Tokens tokens = found.tokens();
    List<Addresses.Stretch> told =
        new Envelopes(passage, tokens, found.features()).named(stretches(labels, tokens));
    List<Addresses.Stretch> settled = new Addresses(passage, tokens).settled(told);
    for (Addresses.Stretch one : new Captions(passage, tokens).leftOut(settled)) {
      int start = tokens.starts[one.from()];
      int end = tokens.ends[one.to() - 1];
      String type = Tagger.TYPES[one.type()];
      if (hasWord(passage, start, end) && mayBe(type, passage, start, end)) {
        candidates.add(this, type, start, end, SCORE, Check.POSSIBLE);
      }
    }
  }

  /**
   * Postal codes are written in digits and capitals: 7th-8th is none. Nor is it a date: ordinal
   * numbers alone count grades and floors.
   */
  private static boolean mayBe(String type, Passage passage, int start, int end) {
    return switch (type) {
      case "ZIP" -> passage.text(start, end).chars().noneMatch(Character::isLowerCase);
      case "DATE_TIME" -> !isOrdinals(passage, start, end);
      default -> true;
    };
  }

  /** Letters behind digits, in one word with them, and no other letters but those of "the". */
  private static boolean isOrdinals(Passage passage, int start, int end) {
    boolean ordinals = false;
    int at = start;
    while (at < end) {
      int from = at;
      while (at < end && Character.isLetterOrDigit(passage.at(at))) {
        at++;
      }
      if (at == from) {
        at++;
        continue;
      }
      String word = passage.text(from, at).toLowerCase(Locale.ROOT);
      boolean ordinal = isOrdinal(word);
      if (!ordinal && !word.equals("the") && !Character.isDigit(word.charAt(word.length() - 1))) {
        return false;
      }
      ordinals |= ordinal;
    }
    return ordinals;
  }

  private static boolean isOrdinal(String word) {
    return Character.isDigit(word.charAt(0))
        && (word.endsWith("st")
            || word.endsWith("nd")
            || word.endsWith("rd")
            || word.endsWith("th"));
  }

  private static List<Addresses.Stretch> stretches(int[] labels, Tokens tokens) {
    List<Addresses.Stretch> stretches = new ArrayList<>();
    int at = 0;
    while (at < tokens.size) {
      int label = labels[at];
      int from = at++;
      while (label > 0 && at < tokens.size && labels[at] == (label + 1) / 2 * 2) {
        at++;
      }
      if (label > 0) {
        stretches.add(new Addresses.Stretch((label - 1) / 2, from, at));
      }
    }
    return stretches;
  }

  /** Texts with a Han, kana or hangul character to four Latin letters are none of English. */
  private static boolean mayBeEnglish(Passage passage) {
    char[] chars = passage.chars();
    int letters = 0;
    int eastern = 0;
    for (int at = 0; at < passage.length(); at++) {
      char c = chars[at];
      letters += c >= 'A' && c < 0x250 ? 1 : 0;
      eastern += c >= 0x3040 && c < 0xD7B0 ? 1 : 0;
    }
    return letters > 1 && 4 * eastern < letters;
  }

  /** Words, and none of the signs that stand in code and in texts yet to be filled in. */
  private static boolean hasWord(Passage passage, int start, int end) {
    boolean word = false;
    for (int at = start; at < end; at++) {
      char c = passage.at(at);
      if (c == '{' || c == '}' || c == '=' || c == '<') {
        return false;
      }
      word |= Character.isLetterOrDigit(c);
    }
    return word;
  }
}
