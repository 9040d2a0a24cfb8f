package dev.quern.privacy.recognise.english;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.privacy.StandardRecognisers;
import dev.quern.privacy.recognise.Detector;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressesTest {
  private final Detector detector = new Detector(StandardRecognisers.all(), 0.5);

  private List<String> found(String text) {
    return detector.find(text).stream()
        .map(one -> one.type() + " " + text.substring(one.start(), one.end()))
        .toList();
  }

  @Test
  void anAddressWithinATextIsOne() {
    assertThat(
            found("Please send the parcel to 221 Baker Street, Springfield, IL 62704 by Friday."))
        .contains("STREET_ADDRESS 221 Baker Street, Springfield, IL 62704");
    assertThat(found("Our office is at Hauptstraße 12\n Suite 4\n Hamburg\n Germany 20095"))
        .contains("STREET_ADDRESS Hauptstraße 12\n Suite 4\n Hamburg\n Germany 20095");
  }

  @Test
  void linesBelowANameStayPieces() {
    assertThat(found("Maria Keller\n\n17 Bergweg 8\n Apt. 301\n Innsbruck\n Austria 06020"))
        .containsExactly(
            "PERSON Maria Keller",
            "STREET_ADDRESS 17",
            "STREET_ADDRESS Bergweg 8",
            "STREET_ADDRESS Apt. 301",
            "GPE Innsbruck",
            "GPE Austria",
            "STREET_ADDRESS 06020");
  }

  @Test
  void aStreetAndItsTownAreTwo() {
    assertThat(found("My sister lives at 14 Mill Lane, Oxford"))
        .containsExactly("STREET_ADDRESS 14 Mill Lane", "GPE Oxford");
  }

  @Test
  void theCornerOfTwoStreetsIsOne() {
    assertThat(found("We meet at the corner of Oak Street and Elm Avenue"))
        .containsExactly("STREET_ADDRESS the corner of Oak Street and Elm Avenue");
  }

  @Test
  void theLineAboveAnAddressIsAPerson() {
    assertThat(found("Rebecca Hides\n\n17 Bergweg 8\n Apt. 301\n Innsbruck\n Austria 06020"))
        .contains("PERSON Rebecca Hides", "STREET_ADDRESS Bergweg 8", "GPE Innsbruck");
  }
}
