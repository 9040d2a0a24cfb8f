package dev.quern.privacy.recognise.english;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.privacy.StandardRecognisers;
import dev.quern.privacy.recognise.Detector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
  private final Detector detector = new Detector(StandardRecognisers.all(), 0.5);

  private List<String> found(String text) {
    return detector.find(text).stream()
        .map(one -> one.type() + " " + text.substring(one.start(), one.end()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Gestern sah Petra Schneider ihre neue Wohnung und freute sich sehr, weil es dort ruhig ist"
            + " und sie nun nicht mehr jeden Morgen so früh aufstehen muss.",
        "La semana pasada Lucía compró tres libros muy viejos en una tienda pequeña.",
        "Eilen illalla Matti kävi kaupassa ja osti leipää, maitoa sekä juustoa.",
        "Kemarin sore Budi pergi ke pasar untuk membeli sayur dan buah segar, lalu pulang dengan"
            + " sepeda karena tidak ada bus lagi.",
        "Wczoraj wieczorem Anna poszła do sklepu i kupiła chleb oraz masło.",
      })
  void otherLanguagesAreLeftAlone(String text) {
    assertThat(detector.find(text)).isEmpty();
  }

  @Test
  void namesOfOtherLanguagesInEnglishAreFound() {
    assertThat(found("Please send the letter to Jana Novotná, she lives in Brno with her sister."))
        .contains("PERSON Jana Novotná", "GPE Brno");
  }

  @Test
  void aFewWordsMayBeOfAnyLanguage() {
    assertThat(found("Jana Novotná, Brno")).contains("PERSON Jana Novotná", "GPE Brno");
  }
}
