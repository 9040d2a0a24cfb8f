package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Type;
import dev.quern.operator.Fitter;
import dev.quern.trial.Tried;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizeUnitsTest {

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "3斤 | kg | 1.5",
        "三斤二两 | kg | 1.6",
        "两斤 | kg | 1.0",
        "5千克 | g | 5000.0",
        "１２公里 | m | 12000.0",
        "1.5万米 | km | 15.0",
        "3尺 | m | 1.0",
        "2亩 | m² | 1333.333333333333",
        "10 acres | ha | 4.0468564224",
        "5 ft 3 in | cm | 160.02",
        "5'3\" | cm | 160.02",
        "6 feet | m | 1.8288",
        "1,250 lbs | kg | 566.9904625",
        "12.0 oz. | oz | 12.0",
        "12 fl oz | ml | 354.88235475",
        "-40 °F | °C | -40.0",
        "70°F | °C | 21.11111111111111",
        "25℃ | K | 298.15",
        "1小时30分钟 | min | 90.0",
        "1h 30min | s | 5400.0",
        "90 mins | h | 1.5",
        "1.5 GiB | MiB | 1536.0",
        "2KB | B | 2000.0",
        "20 m2 | ft² | 215.2782083341944",
        "100平方米 | m² | 100.0",
        "2 sq ft | m² | 0.18580608",
        "500mL | l | 0.5"
      })
  void convertsWhatIsWritten(String written, String unit, double expected) {
    Tried tried = Tried.fit(operator("unit", unit), Tried.column("x", Type.TEXT, written));
    assertThat(tried.quarantined).isEmpty();
    assertThat(tried.values()).containsExactly(expected);
  }

  @Test
  void theUnitThatOccursMostIsTheUnitOfTheField() {
    Tried tried =
        Tried.fit(operator(), Tried.column("x", Type.TEXT, "1 lb", "2 kg", "500 g", "3 kg", "4"));
    assertThat(tried.learnt).containsEntry("x", "kg");
    assertThat(tried.values()).containsExactly(0.45359237, 2.0, 0.5, 3.0, 4.0);
    assertThat(tried.changed).contains("4 x unit_assumed 0.8", "0 x unit_form 1.0");
  }

  @Test
  void whatIsNoQuantityOfTheKindIsToldByRule() {
    Tried tried =
        Tried.fit(
            operator("unit", "kg", "bare", "refuse"),
            Tried.column("x", Type.TEXT, "2 m", "5", "heavy", "3 blobs", "1 kg 2 m", "1-2 kg"));
    assertThat(tried.rows).isEmpty();
    assertThat(tried.quarantined)
        .extracting(one -> one.substring(one.lastIndexOf('(') + 1, one.length() - 1))
        .containsExactly(
            "other_kind_of_unit",
            "no_unit",
            "not_a_quantity",
            "unknown_unit",
            "other_kind_of_unit",
            "not_a_quantity");
  }

  @Test
  void refusesAUnitItDoesNotKnowAndToKeepTexts() {
    assertThatThrownBy(() -> operator("unit", "parsec"))
        .hasMessageContaining("message=must be a unit of length, mass, volume");
    assertThatThrownBy(() -> operator("otherwise", "keep"))
        .hasMessageContaining("must be missing or quarantine");
  }

  private static Fitter<?> operator(Object... params) {
    Object[] all = new Object[params.length + 2];
    all[0] = "fields";
    all[1] = List.of("x");
    System.arraycopy(params, 0, all, 2, params.length);
    return Tried.operator(Fitter.class, NormalizeUnits.SPEC, all);
  }
}
