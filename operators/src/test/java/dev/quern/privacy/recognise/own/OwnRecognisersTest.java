package dev.quern.privacy.recognise.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quern.format.json.Json;
import dev.quern.operator.Misfits;
import dev.quern.privacy.recognise.Detector;
import dev.quern.privacy.recognise.Recognisers;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnRecognisersTest {

  private static OwnRecognisers read(String json) {
    return OwnRecognisers.read(Json.parse("[" + json + "]"));
  }

  private static OwnRecognisers one(String pattern, String more) {
    return read(
        "{\"recognisers\": [{\"name\": \"own\", \"type\": \"OWN\", \"patterns\": ["
            + Json.write(pattern)
            + "]"
            + more
            + "}]}");
  }

  private static Detector detector(OwnRecognisers own) {
    return new Detector(own.with(new Recognisers(List.of())), 0.5);
  }

  private static String found(Detector detector, String field, String text) {
    int[] points = text.codePoints().toArray();
    return detector.find(detector.passage().of(text).in(field)).stream()
        .map(one -> one.type() + "[" + new String(points, one.start(), one.length()) + "]")
        .collect(Collectors.joining(" "));
  }

  private static String found(OwnRecognisers own, String text) {
    return found(detector(own), "", text);
  }

  private static List<String> problems(String json) {
    return catchThrowableOfType(Misfits.class, () -> read(json)).parts().stream()
        .map(part -> String.join("/", part.path()) + " " + part.message())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "E-\\d{6}¦E-123456, E-1234567 xE-123456¦OWN[E-123456]",
        "E-\\d{6}¦工号E-123456的¦OWN[E-123456]",
        "E-\\d{6}¦Ｅ-１２３４５６¦OWN[Ｅ-１２３４５６]",
        "(?<=工号|staff )\\d{4,8}¦工号12345 staff 4444 x 5555¦OWN[12345] OWN[4444]",
        "(?<!Part )#\\d{2}¦Part #12 and #34¦OWN[#34]",
        "(?<![A-Z])(?<!no)\\d{3}¦A123 no456 789¦OWN[789]",
        "\\d{2,4}(?=x)¦12 345x 6789y¦OWN[345]",
        "\\d{2,4}(?!\\d|x)¦1234x 567¦OWN[567]",
        "\\d{2}(?:-\\d{2})?(?=;)¦12-34; 56-78¦OWN[12-34]",
        "(?i)kd[nr]{1,2}\\d{2}¦KDnr12 kdN34¦OWN[KDnr12] OWN[kdN34]",
        "\\h{2}楼¦在东南楼见¦OWN[东南楼]",
        "[(]\\d[)]¦see (1)¦OWN[(1)]",
      })
  void findsWhatAnExpressionSays(String pattern, String text, String expected) {
    assertThat(found(one(pattern, ""), text)).isEqualTo(expected);
  }

  @Test
  void aCheckDigitDecidesAndWordsAroundRaiseOrLowerTheScore() {
    assertThat(found(one("\\d{5}", ", \"check\": \"damm\""), "57241 05724 05725"))
        .isEqualTo("OWN[05724]");
    Detector weak =
        detector(
            one(
                "\\d{5}",
                ", \"score\": 0.2, \"context\": [\"Staff\", \"工号\"], \"against\": [\"订单\"],"
                    + " \"fields\": [\"emp_no\"]"));
    assertThat(found(weak, "", "12345")).isEmpty();
    assertThat(found(weak, "", "staff 12345")).isEqualTo("OWN[12345]");
    assertThat(found(weak, "", "工号是12345")).isEqualTo("OWN[12345]");
    assertThat(found(weak, "", "staff 订单 12345")).isEmpty();
    assertThat(found(weak, "emp_no", "12345")).isEqualTo("OWN[12345]");
    assertThat(found(weak, "temp_nos", "12345")).isEmpty();
  }

  @Test
  void allowedTextsAreNeverFoundAndDeniedOnesAlways() {
    OwnRecognisers own =
        read(
            "{\"recognisers\": [{\"name\": \"own\", \"type\": \"OWN\", \"patterns\":"
                + " [\"E-\\\\d{2}\"]}], \"allow\": [\"e-12\"], \"deny\": [\"Nightingale\","
                + " {\"text\": \"Ann Lee\", \"type\": \"PERSON\"}, \"夜莺\"]}");
    assertThat(found(own, "E-12 E-34 NIGHTINGALE nightingales Ann  Lee ann lee 项目夜莺启动"))
        .isEqualTo("OWN[E-34] DENIED[NIGHTINGALE] PERSON[ann lee] DENIED[夜莺]");
    assertThat(own.types(List.of("EMAIL"))).containsExactly("DENIED", "EMAIL", "OWN", "PERSON");
  }

  @Test
  void theLongestDeniedTextCounts() {
    OwnRecognisers own = read("{\"deny\": [\"Ann\", \"Ann Lee\", \"Ann Leech\"]}");
    assertThat(found(own, "Ann Leer")).isEqualTo("DENIED[Ann]");
    assertThat(found(own, "Ann Lee's")).isEqualTo("DENIED[Ann Lee]");
  }

  @Test
  void everythingThatIsWrongIsToldAtItsPlace() {
    assertThat(
            problems(
                "{\"recogniser\": 1, \"recognisers\": [{\"name\": \"A\", \"patterns\":"
                    + " [\"a+\", {\"pattern\": \"b\", \"score\": 2}], \"check\": \"lun\"}],"
                    + " \"allow\": [\"x\"], \"deny\": [\"X\", 7, null]}"))
        .containsExactly(
            "0/recogniser 'recogniser' is no key of the file; did you mean 'recognisers'?; known:"
                + " recognisers, allow, deny",
            "0/recognisers/0/name name must be a snake_case name such as employee_number; found:"
                + " \"A\"",
            "0/recognisers/0 type must be given: a name in capitals such as EMPLOYEE_NUMBER; found:"
                + " nothing",
            "0/recognisers/0/patterns/0 pattern: shape must have bounds on repetitions, {1,40} for +"
                + " and {0,40} for *; found: character 1 of a+",
            "0/recognisers/0/patterns/1/score score must be in [0, 1] (fraction); found: 2",
            "0/recognisers/0/check check must be one of luhn, verhoeff, damm, gs1, isbn10, mod11_2,"
                + " mod11_10, mod37_36, mod97_10; found: \"lun\"",
            "0/deny/2 deny must be a text; found: nothing",
            "0/allow/0 allow must hold no text of deny; found: one in both");
  }

  @Test
  void filesWithoutContentAreRefused() {
    assertThat(problems("null")).containsExactly("0 file must be a map; found: nothing");
    assertThat(problems("{}"))
        .containsExactly("0 file must hold recognisers, allow or deny; found: nothing");
  }

  @Test
  void expressionsThatWouldMatchNothingOrNeedTooMuchAreRefused() {
    assertThatThrownBy(() -> one("a?", ""))
        .hasMessage("pattern: shape must have one character at least in every match; found: a?");
    assertThatThrownBy(() -> one(".{0,60}a.{60}", ""))
        .hasMessageContaining("patterns must give an automaton of at most 10000 states");
    assertThatThrownBy(() -> one("a(?=b)c", ""))
        .hasMessageContaining("look-around stands at the ends");
    assertThatThrownBy(() -> one("(?<=a", "")).hasMessageContaining("a closed group");
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    OwnRecognisers own = one("a", "");
    assertThatThrownBy(() -> own.with(own.with(new Recognisers(List.of()))))
        .hasMessage("recognisers must have names of their own; found twice: own");
  }
}
