package dev.quern.privacy.recognise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.privacy.StandardRecognisers;
import dev.quern.privacy.recognise.Confirmer.Confirmation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmerTest {
  @ParameterizedTest
  @CsvSource({
    "CREDIT_CARD, 4012888888881881, CHECK",
    "CREDIT_CARD, 4012888888881882, REFUSED",
    "CREDIT_CARD, 4012888888881881 ., NONE",
    "PHONE, +44 20 7946 0958, CHECK",
    "PHONE, 020 7946 0958, SHAPE",
    "PHONE, 123, NONE",
    "CN_MOBILE, 13800138000, SHAPE",
    "EMAIL, ann@example.org, SHAPE",
    "PERSON, Ann Lee, NONE"
  })
  void saysWhatSpeaksForAValueThatStandsAlone(String type, String value, Confirmation said) {
    assertThat(new Confirmer(StandardRecognisers.all()).of(type, value)).isEqualTo(said);
  }

  @Test
  void saysOfTheWholeWhatADetectorOfTheTypeFinds() {
    Map<String, List<String>> values =
        Map.of(
            "CN_USCC", List.of("91350100M000100Y43", "91350100M000100Y44"),
            "IBAN", List.of("DE89 3704 0044 0532 0130 00", "DE88 3704 0044 0532 0130 00"),
            "MAC_ADDRESS", List.of("00:1B:44:11:3A:B7", "00:1B:44:11:3A"),
            "CN_PLATE", List.of("京A12345", "京I12345"),
            "US_SSN", List.of("078-05-1121", "000-05-1121"),
            "PHONE", List.of("(212) 736-5000", "+49 30 123456", "+1 555 12"));
    Confirmer confirmer = new Confirmer(StandardRecognisers.all());
    values.forEach(
        (type, all) -> {
          Detector detector =
              new Detector(StandardRecognisers.all().where(type::equals), Double.MIN_NORMAL);
          for (String value : all) {
            List<Finding> found = detector.find(value);
            boolean whole = found.size() == 1 && found.get(0).length() == value.length();
            Confirmation said =
                !whole
                    ? Confirmation.NONE
                    : found.get(0).validated() ? Confirmation.CHECK : Confirmation.SHAPE;
            Confirmation is = confirmer.of(type, value);
            assertThat(is == Confirmation.REFUSED ? Confirmation.NONE : is)
                .as(type + " " + value)
                .isEqualTo(said);
          }
        });
  }
}
