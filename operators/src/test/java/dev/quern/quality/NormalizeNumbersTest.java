package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Type;
import dev.quern.operator.Fitter;
import dev.quern.trial.Tried;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizeNumbersTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "12 | 12",
        "-7.50 | -7.5",
        "+3 | 3",
        "1,234,567.89 | 1234567.89",
        "1.234.567,89 | 1234567.89",
        "1 234 567 | 1234567",
        "1'234'567.5 | 1234567.5",
        "1_000 | 1000",
        "12,34,567.5 | 1234567.5",
        "0,5 | 0.5",
        "1234,5 | 1234.5",
        "1,234 | 1234",
        "1.234 | 1.234",
        "(1,234.50) | -1234.5",
        "1,234- | -1234",
        "−5 | -5",
        "１，２３４．５ | 1234.5",
        "١٢٣ | 123",
        "1.5e3 | 1500",
        "2E-3 | 0.002",
        "12.5% | 0.125",
        "５０％ | 0.5",
        "百分之五十 | 0.5",
        "百分之12.5 | 0.125",
        "5‰ | 0.005",
        "$1,234.50 | 1234.5",
        "-$5 | -5",
        "€ 1.234,50 | 1234.5",
        "1.234,50 EUR | 1234.5",
        "￥３５.5 | 35.5",
        "人民币12元 | 12",
        "3.5k | 3500",
        "1.2M | 1200000",
        "2 billion | 2000000000",
        "$4.5bn | 4500000000",
        "3.5万 | 35000",
        "1,234.5万元 | 12345000",
        "1亿2千万 | 120000000",
        "一万二千三百 | 12300",
        "壹佰贰拾叁元整 | 123",
        "两千零五 | 2005",
        "三万五 | 35000",
        "三万零五 | 30005",
        "三百五 | 350",
        "十五 | 15",
        "二十 | 20",
        "二〇二四 | 2024",
        "一百零八万 | 1080000",
        "一亿零五百 | 100000500",
        "负三点一四 | -3.14",
        "零点五 | 0.5",
        "零 | 0",
        "3万5千 | 35000",
        "多 | !not_a_number",
        "百 | !not_a_number",
        "1,23 | 1.23",
        "1,23,4 | !not_a_number",
        "1.2.3 | !not_a_number",
        "12abc | !not_a_number",
        "$ | !not_a_number",
        "- | !not_a_number",
        "1-2 | !not_a_number",
        "0,123 | 0.123",
        "1,234.567.890 | !not_a_number",
        "10 12 | !not_a_number"
      })
  void readsWhatIsWritten(String written, String expected) {
    assertThat(read(List.of(written), "to", "text"))
        .containsExactly(expected.startsWith("!") ? expected.substring(1) : expected);
  }

  @Test
  void learnsTheDecimalSignOfAFieldFromItsDecisiveTexts() {
    assertThat(read(List.of("1.234", "1,5", "2.000,25"))).containsExactly(1234.0, 1.5, 2000.25);
    assertThat(read(List.of("1,234", "1.5"))).containsExactly(1234.0, 1.5);
    assertThat(read(List.of("1.234", "0,5", "0.25")))
        .containsExactly("ambiguous_separator", 0.5, 0.25);
  }

  @Test
  void theDeclaredSignDecidesOpenTexts() {
    assertThat(read(List.of("1.234", "1,234"), "decimal", "comma")).containsExactly(1234.0, 1.234);
    assertThat(read(List.of("1.234", "1,234"), "decimal", "point")).containsExactly(1.234, 1234.0);
  }

  @Test
  void theCurrencyHasAFieldOfItsOwn() {
    Tried tried =
        Tried.fit(
            operator("currency", "field"),
            Tried.column("x", Type.TEXT, "HK$5", "7 USD", "8", "9円", null));
    assertThat(tried.rows)
        .containsExactly(
            List.of(5.0, "HKD"),
            List.of(7.0, "USD"),
            java.util.Arrays.asList(8.0, null),
            List.of(9.0, "JPY"),
            java.util.Arrays.asList(null, null));
    assertThat(tried.schema.names()).containsExactly("x", "x_currency");
  }

  @Test
  void decimalsKeepEveryDigitOrAreRefused() {
    assertThat(read(List.of("1,234.56", "1.234567"), "to", "decimal(10,2)"))
        .containsExactly(new BigDecimal("1234.56"), "too_many_digits");
    assertThat(read(List.of("1e999"))).containsExactly("out_of_range");
  }

  @Test
  void everyChangedCellLeavesATrace() {
    Tried tried = Tried.fit(operator(), Tried.column("x", Type.TEXT, "12.50", "1,250", "3k"));
    assertThat(tried.changed).containsExactly("1 x number_form 1.0", "2 x number_form 1.0");
  }

  @Test
  void refusesToKeepTextInAFieldThatIsNoLongerText() {
    assertThatThrownBy(() -> operator("otherwise", "keep"))
        .hasMessageContaining("otherwise must be missing or quarantine unless to: text");
    assertThatThrownBy(() -> operator("to", "long"))
        .hasMessageContaining("must be double, text or decimal(p,s)");
  }

  private static List<@Nullable Object> read(List<String> texts, Object... params) {
    Tried tried = Tried.fit(operator(params), Tried.column("x", Type.TEXT, texts.toArray()));
    List<@Nullable Object> read = new ArrayList<>(tried.values());
    for (String one : tried.quarantined) {
      int row = Integer.parseInt(one.substring(0, one.indexOf(' ')));
      read.add(row, one.substring(one.lastIndexOf('(') + 1, one.length() - 1));
    }
    return read;
  }

  private static Fitter<?> operator(Object... params) {
    Object[] all = new Object[params.length + 2];
    all[0] = "fields";
    all[1] = List.of("x");
    System.arraycopy(params, 0, all, 2, params.length);
    return Tried.operator(Fitter.class, NormalizeNumbers.SPEC, all);
  }
}
