package dev.quern.operator;

import java.util.Locale;

/**
 * One sentence in both languages of the product.
 *
 * @param english the sentence in English
 * @param chinese the sentence in simplified Chinese
 */
public record Localized(String english, String chinese) {

  /** Returns the sentence in the language of {@code locale}: Chinese if that is Chinese. */
  public String in(Locale locale) {
    return "zh".equals(locale.getLanguage()) ? chinese : english;
  }
}
