package dev.quern.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;

/** The texts of the command line in one language; {@code {0}}, {@code {1}} … are filled in. */
final class Messages {
  private final ResourceBundle bundle;
  private final Locale locale;

  private Messages(ResourceBundle bundle, Locale locale) {
    this.bundle = bundle;
    this.locale = locale;
  }

  /** Returns the texts in Chinese if {@code locale} is Chinese, else in English. */
  static Messages in(Locale locale) {
    Locale language = locale.getLanguage().equals("zh") ? Locale.CHINESE : Locale.ENGLISH;
    String file = "messages_" + language.getLanguage() + ".properties";
    try (InputStream in = Messages.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("jar must hold " + file);
      }
      try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        return new Messages(new PropertyResourceBundle(reader), language);
      }
    } catch (IOException e) {
      throw new IllegalStateException("jar must be readable: " + file, e);
    }
  }

  /** Returns the language: English or Chinese. */
  Locale locale() {
    return locale;
  }

  /** Returns all texts, as the parser of options wants them. */
  ResourceBundle bundle() {
    return bundle;
  }

  /** Returns the text of {@code key} with {@code values} filled in. */
  String text(String key, Object... values) {
    String text = bundle.getString(key);
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }
}
