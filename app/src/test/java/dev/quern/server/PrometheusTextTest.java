package dev.quern.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.server.PrometheusText.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusTextTest {
  @Test
  void familiesAreWrittenWithHelpTypeAndEscapedLabels() {
    PrometheusText text = new PrometheusText();
    text.family("a_bytes", Kind.GAUGE, "One\\two\nthree.");
    text.value(1, "path", "C:\\a \"b\"\nc").value(2.5);
    text.family("b_seconds", Kind.SUMMARY, "Time.").part("_sum", 0.25).part("_count", 3);
    assertThat(text.text())
        .isEqualTo(
            """
            # HELP a_bytes One\\\\two\\nthree.
            # TYPE a_bytes gauge
            a_bytes{path="C:\\\\a \\"b\\"\\nc"} 1
            a_bytes 2.5
            # HELP b_seconds Time.
            # TYPE b_seconds summary
            b_seconds_sum 0.25
            b_seconds_count 3
            """);
    assertThat(PrometheusLint.problems(text.text())).isEmpty();
  }

  @Test
  void nothingIsToldTwice() {
    PrometheusText text = new PrometheusText();
    text.family("a", Kind.GAUGE, "A.").value(1, "b", "c");
    assertThatThrownBy(() -> text.value(2, "b", "c"))
        .hasMessage("line must be told once; found again: a{b=\"c\"}");
  }

  @Test
  void aFamilyIsToldInOnePlaceAndOneWay() {
    PrometheusText text = new PrometheusText();
    text.family("a", Kind.GAUGE, "A.").value(1, "b", "c");
    text.family("d", Kind.GAUGE, "D.").value(2);
    text.family("a", Kind.GAUGE, "A.").value(3, "b", "e");
    assertThat(text.text())
        .isEqualTo(
            """
            # HELP a A.
            # TYPE a gauge
            a{b="c"} 1
            a{b="e"} 3
            # HELP d D.
            # TYPE d gauge
            d 2
            """);
    assertThatThrownBy(() -> text.family("a", Kind.COUNTER, "A."))
        .hasMessage("family must be told in one way; found another: a");
  }

  @ParameterizedTest(name = "{0} is written {1}")
  @CsvSource({
    "0, 0",
    "1e15, 1000000000000000",
    "1795301217.331, 1795301217.331",
    "0.0000001, 0.00000010",
    "-1, -1",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf"
  })
  void numbersHaveNoExponent(double number, String written) {
    assertThat(PrometheusText.number(number)).isEqualTo(written);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a 1\\n | a has no type before its values",
        "# TYPE a gauge\\na 1\\n | a has no help before its values",
        "# HELP a A.\\n# TYPE a counter\\na 1\\n | a must end in _total",
        "# HELP a_ms A.\\n# TYPE a_ms gauge\\na_ms 1\\n | a_ms must be in base units",
        "# HELP a A.\\n# TYPE a gauge\\na 1\\na 1\\n | a{} has two values",
        "# HELP a A.\\n# TYPE a gauge\\na one\\n | line cannot be parsed: a one",
        "# HELP a A.\\n# TYPE a gauge\\na{b=\"c} 1\\n | labels cannot be parsed",
        "# HELP a A.\\n# TYPE a gauge\\n# HELP b B.\\n# TYPE b gauge\\na 1\\n | a is told in pieces",
        "# HELP a A.\\n# TYPE a histogram\\na_bucket{le=\"1\"} 2\\na_count 2\\n | no bucket +Inf",
        "# HELP a A.\\n# TYPE a histogram\\na_bucket{le=\"+Inf\"} 2\\na_count 1\\n | another count",
      })
  void aLintThatSeesNothingWouldProveNothing(String text, String problem) {
    assertThat(PrometheusLint.problems(text.strip().replace("\\n", "\n")))
        .anySatisfy(found -> assertThat(found).contains(problem.strip()));
  }
}
