package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.trial.Tried;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.b+c@mail.example.co.uk.|[EMAIL].",
        "邮箱ann_1@x.cn。|邮箱[EMAIL]。",
        "see https://x.org/a?b=c@d.com, ok|see [URL], ok",
        "电话13812345678,|电话[PHONE],",
        "138 1234 5678 or 138-1234-5678|[PHONE] or [PHONE]",
        "+86 138 1234 5678|[PHONE]",
        "8613812345678|[PHONE]",
        "+44 20 7946 0958|[PHONE]",
        "(415) 555-2671|[PHONE]",
        "010-62345678|[PHONE]",
        "11010519491231002X|[CN_ID]",
        "11010519491231002x。|[CN_ID]。",
        "4111-1111-1111-1111|[CREDIT_CARD]",
        "378282246310005|[CREDIT_CARD]",
        "host 192.168.0.255:80|host [IPV4]:80",
        "服务器１０.５３.１４５.２１５，谢谢|服务器[IPV4]，谢谢",
        "主机１９２．１６８．０．１。|主机[IPV4]。",
        "电话１３８１２３４５６７８（手机）|电话[PHONE]（手机）",
        "＋８６１３８１２３４５６７８|[PHONE]",
        "身份证１１０１０５１９４９１２３１００２Ｘ！|身份证[CN_ID]！",
        "卡号４１１１ １１１１ １１１１ １１１１；|卡号[CREDIT_CARD]；",
        "ａｎｎ＿１＠ｘ．ｃｎ，amoore２２@example.com|[EMAIL]，[EMAIL]",
        "见https://x.org/a，邮箱a@x.cn，第１条|见[URL]，邮箱[EMAIL]，第１条",
      })
  void finds(String text, String redacted) {
    assertThat(redact(text)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a@b",
        "@example.org",
        "x@-bad.org",
        "12345678901",
        "2024-01-02 10:11",
        "138123456789",
        "110105194912310021",
        "110105194913310022",
        "4111 1111 1111 1112",
        "1.2.3.4.5",
        "256.1.1.1",
        "order 415555",
        "x13812345678",
        "ｘ１３８１２３４５６７８",
        "第１２条，ＡＢＣ！（１．２．３）～",
        "3.14159265358979",
        "http://",
      })
  void leaves(String text) {
    assertThat(redact(text)).isEqualTo(text);
  }

  @Test
  void onlyChosenPatternsAreRedacted() {
    Mapper mapper = Tried.operator(Mapper.class, RedactPattern.SPEC, "patterns", List.of("email"));
    assertThat(Tried.map(mapper, Tried.column("t", Type.TEXT, "a@b.cn 13812345678", null)).values())
        .containsExactly("[EMAIL] 13812345678", null);
  }

  @Test
  void anExpressionOfOnesOwnIsRedactedAsWell() {
    Mapper mapper = Tried.operator(Mapper.class, RedactPattern.SPEC, "regex", "MRN-\\d+");
    assertThat(Tried.map(mapper, Tried.column("t", Type.TEXT, "MRN-77 of a@b.cn")).values())
        .containsExactly("[REDACTED] of [EMAIL]");
    assertThatThrownBy(
            () ->
                Tried.operator(Mapper.class, RedactPattern.SPEC, "regex", "(")
                    .output(Tried.schema("t", Type.TEXT)))
        .hasMessageStartingWith("must be a Java regular expression; found: ");
  }

  @Test
  void anUnknownPatternIsRefused() {
    assertThatThrownBy(
            () -> Tried.operator(Mapper.class, RedactPattern.SPEC, "patterns", List.of("mail")))
        .hasMessageContaining(
            "must be a list of url, email, cn_id, credit_card, phone, ipv4; found: [\"mail\"]");
  }

  private static Object redact(String text) {
    Mapper mapper = Tried.operator(Mapper.class, RedactPattern.SPEC);
    return Tried.map(mapper, Tried.column("t", Type.TEXT, text)).values().get(0);
  }
}
