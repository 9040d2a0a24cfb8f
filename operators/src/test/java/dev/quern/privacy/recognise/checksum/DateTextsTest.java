package dev.quern.privacy.recognise.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextsTest {
  @ParameterizedTest
  @CsvSource({
    "一九八四年五月十七日, 1984-05-17, 二〇〇五年十二月三十一日",
    "一九九〇年十月二十号, 1990-10-20, 二〇〇五年十二月三十一号",
    "二零零一年十一月廿三日, 2001-11-23, 二零零五年十二月三十一日",
    "一九八四年五月, 1984-05-01, 二〇〇五年十二月",
    "1984年5月17日, 1984-05-17, 2005年12月31日",
    "17 May 1984, 1984-05-17, 31 Dec 2005"
  })
  void areReadAndWrittenInTheirPattern(String text, LocalDate date, String other) {
    DateTexts.Dated read = DateTexts.read(text).orElseThrow();
    assertThat(read.date()).isEqualTo(date);
    assertThat(read.written(LocalDate.of(2005, 12, 31))).isEqualTo(other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"一九八四年十三月五日", "一九八四年二月三十日", "20二十年五月一日", "三三两两", "十", "一二三四五六七八"})
  void whatIsNoDayIsNotRead(String text) {
    assertThat(DateTexts.read(text)).isEmpty();
  }
}
