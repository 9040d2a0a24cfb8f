package dev.quern.quality.profile;

/** Writing systems that are counted, by ranges of code points (Unicode blocks of their letters). */
enum Script {
  LATIN,
  GREEK,
  CYRILLIC,
  HEBREW,
  ARABIC,
  DEVANAGARI,
  THAI,
  HANGUL,
  KANA,
  HAN,
  OTHER;

  private static final int[] STARTS = {
    0x41, 0x370, 0x400, 0x530, 0x590, 0x600, 0x700, 0x900, 0x980, 0xe00, 0xe80, 0x1100, 0x1200,
    0x1e00, 0x1f00, 0x2000, 0x2c60, 0x2c80, 0x2e80, 0x3040, 0x3100, 0x3130, 0x3190, 0x3400, 0xa000,
    0xac00, 0xd800, 0xf900, 0xfb00, 0xfb1d, 0xfb50, 0xfe00, 0xfe70, 0xff00, 0xff21, 0xff66, 0xffa0,
    0xffe0, 0x20000, 0x32000
  };

  private static final Script[] OF = {
    LATIN,
    GREEK,
    CYRILLIC,
    OTHER,
    HEBREW,
    ARABIC,
    OTHER,
    DEVANAGARI,
    OTHER,
    THAI,
    OTHER,
    HANGUL,
    OTHER,
    LATIN,
    GREEK,
    OTHER,
    LATIN,
    OTHER,
    HAN,
    KANA,
    OTHER,
    HANGUL,
    OTHER,
    HAN,
    OTHER,
    HANGUL,
    OTHER,
    HAN,
    LATIN,
    HEBREW,
    ARABIC,
    OTHER,
    ARABIC,
    OTHER,
    LATIN,
    KANA,
    HANGUL,
    OTHER,
    HAN,
    OTHER
  };

  /** Returns the script of a letter. */
  static Script of(int codePoint) {
    int low = 0;
    int high = STARTS.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (STARTS[middle] <= codePoint) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return OF[low];
  }

  /** Returns the name in reports, for example {@code latin}. */
  String written() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
