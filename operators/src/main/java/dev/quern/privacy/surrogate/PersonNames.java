package dev.quern.privacy.surrogate;

import com.hankcs.hanlp.dictionary.other.CharTable;
import dev.quern.privacy.transform.CharacterClasses;
import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Names of persons, word by word: a given name becomes a given name of the same gender where that
 * is known, a family name a family name, an initial an initial. So "Ann Lee", "LEE, Ann" and "Lee"
 * become one person; so do 张伟 and 张. Titles stay. Names in other scripts than Latin and Han keep
 * the kinds of their characters only.
 */
final class PersonNames {
  private static final Set<String> TITLES =
      Set.of(
          "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam", "jr", "sr", "ii", "iii", "iv",
          "phd", "md");

  private static final List<String> CHINESE_TITLES =
      List.of("先生", "女士", "小姐", "老师", "医生", "教授", "经理", "同学", "主任");

  private static final String DOTS = "·•・‧∙･⋅";

  /** Characters that write sounds of names. */
  private static final String SOUNDS =
      "阿艾巴白贝比波布查达德迪恩尔法菲戈格古哈海吉加卡科克拉莱兰勒里丽琳卢罗洛马玛麦曼梅米莫默姆木娜尼努诺帕佩普齐奇热萨赛"
          + "桑莎斯思丝苏索塔坦特提图瓦维温沃乌西希亚雅耶伊依扎珍朱卓孜";

  private final KeyedDraws draws;

  PersonNames(KeyedDraws draws) {
    this.draws = draws;
  }

  String of(String value) {
    String plain = plain(value);
    return Letters.hasHan(plain) ? chinese(plain) : words(plain);
  }

  /** One person is one in composed and decomposed letters, and with signs without width inside. */
  private static String plain(String value) {
    if (Letters.isAscii(value)) {
      return value;
    }
    StringBuilder out = new StringBuilder(value.length());
    Normalizer.normalize(value, Normalizer.Form.NFC)
        .codePoints()
        .filter(p -> Character.getType(p) != Character.FORMAT)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private String words(String value) {
    StringBuilder out = new StringBuilder(value.length() + 8);
    int at = 0;
    while (at < value.length()) {
      int end = at;
      while (end < value.length() && Character.isLetter(value.charAt(end))) {
        end++;
      }
      if (end == at) {
        int point = value.codePointAt(at);
        out.appendCodePoint(
            Character.isLetterOrDigit(point)
                ? CharacterClasses.like(point, draws.of("person sign", value)::below)
                : point);
        at += Character.charCount(point);
        continue;
      }
      String word = value.substring(at, end);
      String normal = Letters.normal(word);
      out.append(TITLES.contains(normal) ? word : Letters.cased(word(word, normal), word));
      at = end;
    }
    return out.toString();
  }

  /**
   * Returns the surrogate of one word, with a capital; also for the words of addresses of mail. It
   * depends on the word alone and not on its place: names that are given and family names alike
   * would else become two when they stand alone.
   */
  String word(String word) {
    return word(word, Letters.normal(word));
  }

  private String word(String word, String normal) {
    if (normal.codePointCount(0, normal.length()) == 1 || !isLatin(normal)) {
      return like(word, normal);
    }
    boolean isMale = Pools.has("en_male", normal);
    boolean isFemale = Pools.has("en_female", normal);
    if (!isMale && !isFemale) {
      return other("name", normal, () -> Pools.of("en_family"));
    }
    return other(
        "name",
        normal,
        () ->
            Pools.of(
                isMale && !isFemale || isMale == isFemale && draws.below(2) == 0
                    ? "en_male"
                    : "en_female"));
  }

  private static boolean isLatin(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      char small = (char) (c | 0x20);
      boolean latin =
          c < 128
              ? small >= 'a' && small <= 'z'
              : Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
      if (!latin) {
        return false;
      }
    }
    return true;
  }

  private String like(String word, String normal) {
    draws.of("initial", normal);
    StringBuilder out = new StringBuilder();
    word.codePoints().forEach(p -> out.appendCodePoint(CharacterClasses.like(p, draws::below)));
    return out.toString();
  }

  /** Draws until the name is another. */
  private String other(String kind, String normal, Supplier<List<String>> pool) {
    for (int attempt = 0; ; attempt++) {
      draws.of(kind, normal, attempt);
      String drawn = draws.one(pool.get());
      if (!Letters.isNormal(drawn, normal)) {
        return drawn;
      }
    }
  }

  /** Returns simplified characters for traditional ones, one for one. */
  private static String simplified(String value) {
    StringBuilder out = new StringBuilder(value);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      out.setCharAt(i, Character.isIdeographic(c) ? CharTable.CONVERT[c] : c);
    }
    return out.toString();
  }

  /** Names of parts with a dot between them: each part becomes one of as many sounds. */
  private String dotted(String name) {
    StringBuilder out = new StringBuilder(name.length());
    int at = 0;
    while (at < name.length()) {
      int end = at;
      while (end < name.length() && Character.isIdeographic(name.charAt(end))) {
        end++;
      }
      if (end == at) {
        out.append(name.charAt(at++));
        continue;
      }
      String part = name.substring(at, end);
      out.append(other("sounds", part, () -> List.of(sounds(part.length()))));
      at = end;
    }
    return out.toString();
  }

  private String sounds(int length) {
    StringBuilder out = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      out.append(SOUNDS.charAt(draws.below(SOUNDS.length())));
    }
    return out.toString();
  }

  private String chinese(String written) {
    String value = simplified(written);
    if (value.codePoints().anyMatch(p -> DOTS.indexOf(p) >= 0)) {
      return dotted(value);
    }
    String title = "";
    for (String known : CHINESE_TITLES) {
      if (value.endsWith(known) && value.length() > known.length()) {
        title = known;
      }
    }
    String name = value.substring(0, value.length() - title.length());
    int family = family(name);
    StringBuilder out = new StringBuilder();
    if (family > 0) {
      String normal = name.substring(0, family);
      out.append(other("family name", normal, () -> pool(family)));
    }
    String given = name.substring(family);
    return out.append(given.isEmpty() ? "" : given(given)).append(title).toString();
  }

  private static List<String> pool(int family) {
    return Pools.of(family == 1 ? "zh_family" : "zh_compound");
  }

  /** Returns how many characters of {@code name} are its family name, 0 where that is not known. */
  private static int family(String name) {
    if (name.length() > 4) {
      return 0;
    }
    if (name.length() > 2 && Pools.has("zh_compound", name.substring(0, 2))) {
      return 2;
    }
    return Pools.has("zh_family", name.substring(0, 1)) ? 1 : 0;
  }

  private String given(String given) {
    int size = given.codePointCount(0, given.length());
    if (size > 2 || given.length() != size) {
      return like(given, given);
    }
    boolean isFemale = Pools.has("zh_female", given) && !Pools.has("zh_male", given);
    boolean isMale = Pools.has("zh_male", given) && !Pools.has("zh_female", given);
    return other(
        "given name",
        given,
        () -> {
          boolean drawsFemale = isFemale || !isMale && draws.below(2) == 0;
          return Pools.of(drawsFemale ? "zh_female" : "zh_male", size);
        });
  }
}
