package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.trial.Tried;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizePhonesTest {

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CN | 138 1234 5678 | +8613812345678",
        "CN | ＋８６－１３８－１２３４－５６７８ | +8613812345678",
        "CN | 0086 138 1234 5678 | +8613812345678",
        "CN | (010)6552-9988 分机12 | +861065529988;ext=12",
        "US | 650.253.0000 | +16502530000",
        "US | (650) 253-0000 x123 | +16502530000;ext=123",
        "US | tel:+86-138-1234-5678 | +8613812345678",
        "GB | 020 7946 0018 | +442079460018"
      })
  void readsNumbersOfTheRegionAndOfTheWorld(String region, String written, String expected) {
    Tried tried = Tried.map(operator("region", region), Tried.column("p", Type.TEXT, written));
    assertThat(tried.values()).containsExactly(expected);
    assertThat(tried.changed).containsExactly("0 p phone_form 1.0");
  }

  @Test
  void whatIsNoValidNumberIsToldByRule() {
    Tried tried =
        Tried.map(
            operator("region", "CN"),
            Tried.column("p", Type.TEXT, "12", "call 138 1234 5678", "+999 1234567", null));
    assertThat(tried.values()).containsExactly((Object) null);
    assertThat(tried.quarantined)
        .extracting(one -> one.substring(one.lastIndexOf('(') + 1, one.length() - 1))
        .containsExactly("not_a_valid_phone_number", "not_a_phone_number", "no_country_code");
  }

  @Test
  void withoutARegionANumberNeedsItsCountryCode() {
    Tried tried =
        Tried.map(
            operator("otherwise", "missing"),
            Tried.column("p", Type.TEXT, "138 1234 5678", "+8613812345678"));
    assertThat(tried.values()).containsExactly(null, "+8613812345678");
    assertThat(tried.changed).containsExactly("0 p no_country_code 1.0");
  }

  @Test
  void refusesARegionThatDoesNotExist() {
    assertThatThrownBy(() -> operator("region", "XX"))
        .hasMessageContaining("must be a region of ISO 3166-1 in two letters");
  }

  private static Mapper operator(Object... params) {
    Object[] all = new Object[params.length + 2];
    all[0] = "fields";
    all[1] = List.of("p");
    System.arraycopy(params, 0, all, 2, params.length);
    return Tried.operator(Mapper.class, NormalizePhones.SPEC, all);
  }
}
