package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Type;
import dev.quern.operator.Fitter;
import dev.quern.trial.Tried;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizeDatesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-03-05 | 2024-03-05",
        "2024/3/5 | 2024-03-05",
        "2024.3.5 | 2024-03-05",
        "20240305 | 2024-03-05",
        "20240305140102 | 2024-03-05T14:01:02Z",
        "2024年3月5日 | 2024-03-05",
        "２０２４年３月５号 | 2024-03-05",
        "2024年3月5日 下午3点 | 2024-03-05T15:00:00Z",
        "2024年3月5日下午3点半 | 2024-03-05T15:30:00Z",
        "2024年3月5日 星期二 上午9时5分 | 2024-03-05T09:05:00Z",
        "2024年3月5日 中午12点 | 2024-03-05T12:00:00Z",
        "2024年3月5日 凌晨12点10分 | 2024-03-05T00:10:00Z",
        "民国113年3月5日 | 2024-03-05",
        "5 March 2024 | 2024-03-05",
        "5th of March, 2024 | 2024-03-05",
        "05-Mar-24 | 2024-03-05",
        "Tue, 5 Mar 2024 15:04:05 GMT | 2024-03-05T15:04:05Z",
        "March 5th, 2024 3:04 PM | 2024-03-05T15:04:00Z",
        "Sept. 5, 2024 | 2024-09-05",
        "2024-03-05T15:04:05.123456Z | 2024-03-05T15:04:05.123456Z",
        "2024-03-05T15:04:05+08:00 | 2024-03-05T07:04:05Z",
        "2024-03-05 15:04:05 -0500 | 2024-03-05T20:04:05Z",
        "2024-03-05 12:00 a.m. | 2024-03-05T00:00:00Z",
        "2024-12-31 24:00 | 2025-01-01T00:00:00Z",
        "25.12.1999 | 1999-12-25",
        "12/25/1999 | 1999-12-25",
        "2024-02-30 | !out_of_range",
        "30/2/2024 | !out_of_range",
        "2024-03-05 25:00 | !out_of_range",
        "5/3/2024 | !ambiguous_order",
        "03-04-05 | !ambiguous_order",
        "1234567890 | !not_a_date",
        "12345 | !not_a_date",
        "2024-03-05x | !not_a_date",
        "May | !not_a_date",
        "Marching 5 2024 | !not_a_date",
        "2024-3/5 | !not_a_date",
        "-1 | !not_a_date"
      })
  void readsWhatIsWritten(String written, String expected) {
    assertThat(read(List.of(written), "otherwise", "quarantine"))
        .containsExactly(expected.startsWith("!") ? expected.substring(1) : expected);
  }

  @Test
  void learnsTheOrderOfAFieldFromItsDecisiveTexts() {
    assertThat(read(List.of("5/3/2024", "25/3/2024", "1/2/24")))
        .containsExactly("2024-03-05", "2024-03-25", "2024-02-01");
    assertThat(read(List.of("5/3/2024", "3/25/2024"))).containsExactly("2024-05-03", "2024-03-25");
    assertThat(read(List.of("99-12-31", "05-03-04"))).containsExactly("1999-12-31", "2005-03-04");
  }

  @Test
  void aFieldOfBothOrdersLeavesOpenTextsUnread() {
    assertThat(read(List.of("5/3/2024", "25/3/2024", "3/25/2024")))
        .containsExactly("ambiguous_order", "2024-03-25", "2024-03-25");
  }

  @Test
  void oneStrayTextInFortyDoesNotUnsettleTheOrder() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      texts.add("25/3/2024");
    }
    texts.add("3/25/2024");
    texts.add("5/3/2024");
    assertThat(read(texts)).last().isEqualTo("2024-03-05");
  }

  @Test
  void theDeclaredOrderAndPivotDecide() {
    assertThat(read(List.of("5/3/24"), "order", "dmy")).containsExactly("2024-03-05");
    assertThat(read(List.of("5/3/24"), "order", "mdy")).containsExactly("2024-05-03");
    assertThat(read(List.of("05/3/24"), "order", "ymd")).containsExactly("2005-03-24");
    assertThat(read(List.of("1/1/30"), "order", "dmy", "pivot", 2029L))
        .containsExactly("1930-01-01");
  }

  @Test
  void minguoYearsAndTimesSince1970AreReadWhereDeclared() {
    assertThat(read(List.of("113/3/5", "113年3月5日"), "calendar", "minguo"))
        .containsExactly("2024-03-05", "2024-03-05");
    assertThat(read(List.of("1709650800", "1709650800123"), "epoch", "auto"))
        .containsExactly("2024-03-05T15:00:00Z", "2024-03-05T15:00:00.123Z");
  }

  @Test
  void timesWithoutAZoneAreOfTheDeclaredOne() {
    Fitter<?> dates = operator("to", "timestamp", "zone", "Asia/Shanghai");
    Tried tried = Tried.fit(dates, Tried.column("d", Type.TEXT, "2024-03-05 08:00", "2024-03-05"));
    assertThat(tried.values())
        .containsExactly(
            Instant.parse("2024-03-05T00:00:00Z"), Instant.parse("2024-03-04T16:00:00Z"));
  }

  @Test
  void aDateIsTheDayAsWritten() {
    Tried tried =
        Tried.fit(
            operator("to", "date", "zone", "Asia/Shanghai"),
            Tried.column("d", Type.TEXT, "2024-03-05 01:00", null));
    assertThat(tried.values()).containsExactly(LocalDate.of(2024, 3, 5), null);
  }

  @Test
  void whatIsNoDateIsKeptOrMissingOrQuarantinedWithoutBeingTold() {
    assertThat(read(List.of("soon"), "otherwise", "keep")).containsExactly("soon");
    assertThat(read(List.of("soon"), "otherwise", "missing")).containsExactly((String) null);
    Tried tried = Tried.fit(operator(), Tried.column("d", Type.TEXT, "soon", "2024-01-02"));
    assertThat(tried.quarantined)
        .containsExactly("0 d must be a date; found: 4 bytes, mask aaaa (not_a_date)");
    assertThat(tried.values()).containsExactly("2024-01-02");
  }

  @Test
  void everyChangedCellLeavesATrace() {
    Tried tried =
        Tried.fit(
            operator("otherwise", "missing"),
            Tried.column("d", Type.TEXT, "2024-03-05", "5 Mar 2024", "soon", null));
    assertThat(tried.changed).containsExactly("1 d date_form 1.0", "2 d not_a_date 1.0");
  }

  @Test
  void refusesToKeepTextInAFieldThatIsNoLongerText() {
    assertThatThrownBy(() -> operator("to", "date", "otherwise", "keep"))
        .hasMessageContaining("otherwise must be missing or quarantine unless to: text");
    assertThatThrownBy(() -> operator("zone", "Mars"))
        .hasMessageContaining("must be a time zone, for example UTC");
  }

  /** Returns texts, or the rule of a text that went to quarantine. */
  private static List<@Nullable Object> read(List<String> texts, Object... params) {
    Tried tried = Tried.fit(operator(params), Tried.column("d", Type.TEXT, texts.toArray()));
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
    all[1] = List.of("d");
    System.arraycopy(params, 0, all, 2, params.length);
    return Tried.operator(Fitter.class, NormalizeDates.SPEC, all);
  }
}
