package dev.quern.quality.profile;

import java.util.regex.Pattern;

/** What a text looks like, by its mask. */
enum Formats {
  NUMBER("-?[9+.,]*9[9+.,]*(?:[aA]-?9+)?|[(]9[9+.,]*[)]"),
  NUMBER_WITH_UNIT("[-$*]?_?[9+.,]*9[9+.,]*_?(?:%|\\*|[aA*][aA+]*[.]?)|[$*]_?[9+.,]*9[9+.,]*"),
  DATE("9999[-/.]99?[-/.]99?|99?[-/.]99?[-/.](?:9999|99)"),
  TIME("9999-99-99[A_]?99?:99.*|99?:99(?::99)?(?:[.]9[9+]*)?(?:_[aA][aA+]*)?"),
  EMAIL("[aA9+._%*-]+@[aA9+.*-]+[.][aA+]+"),
  URL("a[+]://.*"),
  WORDS("");

  private final Pattern mask;

  Formats(String mask) {
    this.mask = Pattern.compile(mask);
  }

  static Formats of(String mask) {
    for (Formats format : values()) {
      if (format != WORDS && format.mask.matcher(mask).matches()) {
        return format;
      }
    }
    return WORDS;
  }

  /** Returns the name in reports, for example {@code number_with_unit}. */
  String written() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
