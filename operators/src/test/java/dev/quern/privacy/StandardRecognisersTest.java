package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.privacy.recognise.Detector;
import dev.quern.privacy.recognise.Finding;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardRecognisersTest {
  private static final Set<String> GUESSED =
      Set.of(
          "PERSON",
          "STREET_ADDRESS",
          "GPE",
          "ORGANIZATION",
          "TITLE",
          "AGE",
          "NRP",
          "DATE_TIME",
          "ZIP");

  private final Detector detector = new Detector(StandardRecognisers.all(), 0.5);

  /** Compiled once: that takes as long as hundreds of these tests. */
  private static final Detector NUMBERS =
      new Detector(StandardRecognisers.all().where(type -> !GUESSED.contains(type)), 0.5);

  /** Returns the findings as TYPE[text], as they stand. */
  private String found(String text) {
    int[] points = text.codePoints().toArray();
    return NUMBERS.find(text).stream()
        .map(one -> one.type() + "[" + new String(points, one.start(), one.length()) + "]")
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "我的电话13800138000请联系|CN_MOBILE[13800138000]",
        "手机１３８００１３８０００，谢谢|CN_MOBILE[１３８００１３８０００]",
        "手机138 0013 8000或138-0013-8000|CN_MOBILE[138 0013 8000] CN_MOBILE[138-0013-8000]",
        "微信+86 13800138000|CN_MOBILE[+86 13800138000]",
        "身份证11010519491231002X|CN_ID_CARD[11010519491231002X]",
        "11010519491231002x。|CN_ID_CARD[11010519491231002x]",
        "110101 19900307 7475|CN_ID_CARD[110101 19900307 7475]",
        "身份证号110101900101123|CN_ID_CARD[110101900101123]",
        "税号91350100M000100Y43|CN_USCC[91350100M000100Y43]",
        "卡号4012-8888-8888-1881|CREDIT_CARD[4012-8888-8888-1881]",
        "371449635398431|CREDIT_CARD[371449635398431]",
        "车牌粤GDYNBN和京A·12345|CN_PLATE[粤GDYNBN] CN_PLATE[京A·12345]",
        "护照E24381897|CN_PASSPORT[E24381897]",
        "座机010-62345678|CN_LANDLINE[010-62345678]",
        "见http://a.example/x?y=1，mail ann_1@x.cn。|URL[http://a.example/x?y=1] EMAIL[ann_1@x.cn]",
        "send it to 020 7946 0958 or (08) 9999 1234|PHONE[020 7946 0958] PHONE[(08) 9999 1234]",
        "send it to 0044 20 7946 0958 x12|PHONE[0044 20 7946 0958 x12]",
        "ring 8 (495) 123-45-67|PHONE[8 (495) 123-45-67]",
        "call (11) 98765-4321|PHONE[(11) 98765-4321]",
        "www.example.org.|URL[www.example.org]",
        "见https://例子.中国/a?b=1。|URL[https://例子.中国/a?b=1]",
        "http://bücher.example/|URL[http://bücher.example/]",
        "https://example.com的|URL[https://example.com]",
        "phone 00442079460958|PHONE[00442079460958]",
        "landline 01067122250|CN_LANDLINE[01067122250]",
        "GB82 WEST 1234 5698 7654 32|IBAN[GB82 WEST 1234 5698 7654 32]",
        "from 203.0.113.7:80|IP_ADDRESS[203.0.113.7]",
        "2001:db8::ff00:42:8329 up|IP_ADDRESS[2001:db8::ff00:42:8329]",
        "00:1B:44:11:3A:B7|MAC_ADDRESS[00:1B:44:11:3A:B7]",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa|CRYPTO_WALLET[1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa]",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4|CRYPTO_WALLET[bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4]",
      })
  void finds(String text, String expected) {
    assertThat(found(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date of birth: 1980-05-17|DATE_OF_BIRTH[1980-05-17]",
        "she was born on 17 May 1980 in Leeds|DATE_OF_BIRTH[17 May 1980]",
        "born on the 1st of Sept. 1980|DATE_OF_BIRTH[1st of Sept. 1980]",
        "Born: MAY 3rd, 1980|DATE_OF_BIRTH[MAY 3rd, 1980]",
        "DOB 05/17/80, SSN unknown|DATE_OF_BIRTH[05/17/80]",
        "dob=1980-05-17T00:00:00Z|DATE_OF_BIRTH[1980-05-17T00:00:00Z]",
        "出生日期：1980年5月17日，入院日期：2023年3月2日|DATE_OF_BIRTH[1980年5月17日]",
        "出生年月 １９８０年５月|DATE_OF_BIRTH[１９８０年５月]",
        "1980.5.17出生|DATE_OF_BIRTH[1980.5.17]",
        "生日19800517|DATE_OF_BIRTH[19800517]",
        "王某，一九八〇年五月十七日出生|DATE_OF_BIRTH[一九八〇年五月十七日]",
        "出生日期：二零零一年十一月|DATE_OF_BIRTH[二零零一年十一月]",
        "DOB 1980-05-17, admitted 2023-03-02|DATE_OF_BIRTH[1980-05-17]",
      })
  void findsDaysOfBirthHoweverTheyAreWritten(String text, String expected) {
    assertThat(found(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seen on 1980-05-17",
        "出厂日期：1980年5月17日",
        "born 1980-13-17",
        "born 31/31/1980",
        "born 17801204",
        "version 1.5.80",
      })
  void takesNoOtherDateForOneOfBirth(String text) {
    assertThat(found(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "身份证1101 0519 4912 3100 2X|CN_ID_CARD[1101 0519 4912 3100 2X]",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X|CN_ID_CARD[1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X]",
        "手机 138.0013.8000|CN_MOBILE[138.0013.8000]",
        "手机 1380 0138 000|CN_MOBILE[1380 0138 000]",
        "手机 1380013 8000|CN_MOBILE[1380013 8000]",
        "電話 1 3 8 0 0 1 3 8 0 0 0|CN_MOBILE[1 3 8 0 0 1 3 8 0 0 0]",
        "工行 9558800200101234009|CN_BANK_CARD[9558800200101234009]",
        "卡号 6222.0212.3456.7894|CN_BANK_CARD[6222.0212.3456.7894]",
        "税号 91350100m000100y43|CN_USCC[91350100m000100y43]",
        "車牌 粵B12345|CN_PLATE[粵B12345]",
        "车牌 粤b12345|CN_PLATE[粤b12345]",
        "WJ京1234X|CN_PLATE[WJ京1234X]",
        "往来港澳通行证 C80272003|CN_PASSPORT[C80272003]",
        "回乡证号 H4813129001|CN_PASSPORT[H4813129001]",
        "台胞证 12345678|CN_PASSPORT[12345678]",
        "香港身份證 A123456 (3)|HK_ID[A123456 (3)]",
        "SSN 300.40.7666|US_SSN[300.40.7666]",
        "DNI 12345678 Z|ES_NIF[12345678 Z]",
        "cf RSS MRA 85T10 A562S|IT_FISCAL_CODE[RSS MRA 85T10 A562S]",
        "CPF 111.444.777/35|BR_CPF[111.444.777/35]",
        "เลขประจำตัวประชาชน 1101700230708|TH_ID[1101700230708]",
      })
  void findsNumbersHoweverTheyAreWritten(String text, String expected) {
    assertThat(found(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "13800138000_20240102093000.mp3|CN_MOBILE[13800138000]",
        "录音_20240102_13800138000.mp3|CN_MOBILE[13800138000]",
        "20240311_11010519491231002X.jpg|CN_ID_CARD[11010519491231002X]",
        "11010519491231002X-20240311.pdf|CN_ID_CARD[11010519491231002X]",
        "1.11010519491231002X|CN_ID_CARD[11010519491231002X]",
        "ID11010519491231002X|CN_ID_CARD[11010519491231002X]",
        "tel13800138000|CN_MOBILE[13800138000]",
        "电话\\n13800138000\\n|CN_MOBILE[13800138000]",
      })
  void numbersInNamesOfFilesAndBehindWordsAreFound(String text, String expected) {
    assertThat(found(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "o'brien@example.ie|o'brien@example.ie",
        "josé.garcía@correo.es|josé.garcía@correo.es",
        "иван@почта.рф|иван@почта.рф",
        "li.wei@公司.中国谢谢|li.wei@公司.中国",
        "a_b@ex-ample.xn--fiqs8s|a_b@ex-ample.xn--fiqs8s",
        "mail ann (at) example (dot) com now|ann (at) example (dot) com",
        "mail ann[at]example[dot]com|ann[at]example[dot]com",
        "ann.lee @ example.com|ann.lee @ example.com",
        "see ann@example.com谢谢|ann@example.com",
        "to \"john doe\"@example.org now|\"john doe\"@example.org",
        "\"a\\\"b\"@example.org|\"a\\\"b\"@example.org",
        "{\\\"to\\\": \\\"john doe\\\"@example.org}|\\\"john doe\\\"@example.org",
        "mail ann@[203.0.113.7], please|ann@[203.0.113.7]",
        "ann@[IPv6:2001:db8::1]|ann@[IPv6:2001:db8::1]",
        "\"ann lee\"@[2001:db8::1]|\"ann lee\"@[2001:db8::1]",
      })
  void addressesOfMailAreFoundWhole(String text, String expected) {
    assertThat(found(text)).isEqualTo("EMAIL[" + expected + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "手机一三八零零一三八零零零，谢谢|CN_MOBILE[一三八零零一三八零零零]",
        "電話幺三八〇〇幺三八〇〇〇|CN_MOBILE[幺三八〇〇幺三八〇〇〇]",
        "手机壹叁捌零零壹叁捌零零零|CN_MOBILE[壹叁捌零零壹叁捌零零零]",
        "手机一三八　零零一三　八零零零|CN_MOBILE[一三八　零零一三　八零零零]",
        "手机138零零一三八零零零|CN_MOBILE[138零零一三八零零零]",
        "加我①③⑧⓪⓪①③⑧⓪⓪⓪|CN_MOBILE[①③⑧⓪⓪①③⑧⓪⓪⓪]",
        "电话⑴⑶⑻零零⑴⑶⑻零零零|CN_MOBILE[⑴⑶⑻零零⑴⑶⑻零零零]",
        "😀一一〇一〇五一九四九一二三一〇〇二X|CN_ID_CARD[一一〇一〇五一九四九一二三一〇〇二X]",
        "卡号九五五八八〇〇二〇〇一〇一二三四〇〇九|CN_BANK_CARD[九五五八八〇〇二〇〇一〇一二三四〇〇九]",
        "①13800138000 ②13900139000|CN_MOBILE[13800138000] CN_MOBILE[13900139000]",
        "电话一13800138000|CN_MOBILE[13800138000]",
      })
  void numbersInHanNumeralsAndCirclesAreFound(String text, String expected) {
    assertThat(found(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SIN", "NHS", "DNI", "SSN", "NPI", "IBAN", "TIN", "NIF", "CPF", "PAN", "VIN", "MBI", "DOB",
        "MRN", "PESEL", "IMEI"
      })
  void wordsInFrontOfNumbersAreNoNames(String word) {
    for (String form :
        List.of(
            "%s 130 692 544",
            "%s: 130692544",
            "My %s is 130-692-544.",
            "Ann Lee %s 130692544",
            "Is %s ABCPE1234F still valid?",
            "We checked the %s number 130 692 544 of a customer.",
            "|%s|130692544|",
            "{\"%s\": \"130692544\"}",
            "<%1$s>130692544</%1$s>")) {
      String text = form.formatted(word);
      for (Finding one : detector.find(text)) {
        if (Set.of("PERSON", "ORGANIZATION", "GPE", "TITLE", "NRP").contains(one.type())) {
          assertThat(text.substring(one.start(), one.end())).as(text).doesNotContain(word);
        }
      }
    }
  }

  @Test
  void whatStandsBesideAWordInFrontOfANumberStaysAName() {
    assertThat(detector.find("John Smith IMEI 490154203237518"))
        .anySatisfy(
            one -> {
              assertThat(one.type()).isEqualTo("PERSON");
              assertThat(one.start()).isZero();
              assertThat(one.end()).isEqualTo(10);
            });
    assertThat(detector.find("She works for the NHS England."))
        .extracting(Finding::type)
        .contains("ORGANIZATION");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::",
        "2001:DB8::1",
        "::ffff:192.0.2.128",
        "64:ff9b::192.0.2.33",
        "2001:db8:85a3:0:0:8a2e:370:7334",
        "fe80::1ff:fe23:4567:890a",
      })
  void addressesOfSixteenOctetsAreFoundWhole(String address) {
    assertThat(found("up: " + address + ", ok")).isEqualTo("IP_ADDRESS[" + address + "]");
    assertThat(found("[" + address + "]:443")).isEqualTo("IP_ADDRESS[" + address + "]");
  }

  @Test
  void aLoopbackAddressNeedsABracketOrAWord() {
    assertThat(found("[::1]:80")).isEqualTo("IP_ADDRESS[::1]");
    assertThat(found("host ::1 up")).isEqualTo("IP_ADDRESS[::1]");
    assertThat(found("a ::1 b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "110101199001011234",
        "110101199013011234",
        "110101199002301236",
        "000101199001011231",
        "110101209901011239",
        "订单号668437773851976548",
        "668437773851976548",
        "4012-8888-8888-1882",
        "36168002586008",
        "1748503543012",
        "请拨400-820-8820或95588",
        "a4012888888881881",
        "40128888888818810",
        "0.4012888888881881",
        "see section 1.2.3.4 of the manual",
        "256.1.1.1",
        "1.2.3.4.5.6",
        "12:30:45",
        "a@b",
        "@example.org",
        "\"\"@example.org",
        "a\"b\"@example.org",
        "rdfs:label \"cat\"@en .",
        "ann@[300.1.1.1]",
        "ann@[203.0.113]",
        "ann@[name]",
        "please pay to GB82 WEST 1234 5698 7654 33 today",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        "E24381897",
        "订单号13800138000",
        "3.13812345678",
        "1-13800138000件",
        "log13912345678x9",
        "0x13912345678",
        "1 3 8 0 0 1 3 8 0 0 0",
        "1380-0138-000",
        "std::vector a::b x::1 de::ad 12:34:56",
        "meet me @ example.com",
        "3 (at) noon",
        "型号 CA0057974",
        "release 30.14.15.92",
      })
  void takesNoneOf(String text) {
    assertThat(found(text)).isEmpty();
  }

  @Test
  void charactersWithoutWidthHideNothing() {
    assertThat(found("138\u200B0013\u20608000")).isEqualTo("CN_MOBILE[138\u200B0013\u20608000]");
  }

  @Test
  void charactersBeyondTheBasicPlaneCountOnce() {
    Finding finding = detector.find("😀😀 ann@example.org").get(0);
    assertThat(finding.start()).isEqualTo(3);
    assertThat(finding.end()).isEqualTo(18);
  }

  @Test
  void aCheckDigitConfirmsAndAWordRaises() {
    Finding card = detector.find("4012888888881881").get(0);
    assertThat(card.score()).isEqualTo(1.0);
    assertThat(card.validated()).isTrue();
    assertThat(detector.find("13800138000").get(0).score()).isEqualTo(0.7);
    assertThat(detector.find("手机13800138000").get(0).score()).isEqualTo(1.0);
  }

  @Test
  void theNameOfTheFieldIsContext() {
    String text = "E24381897";
    assertThat(detector.find(detector.passage().of(text).in("x"))).isEmpty();
    assertThat(detector.find(detector.passage().of(text).in("passport_no"))).hasSize(1);
    assertThat(detector.find(detector.passage().of(text).in("护照"))).hasSize(1);
  }

  @Test
  void longRunsTakeLinearWork() {
    // Quadratic work on these would take hours; there is nothing to find in them.
    List<String> units =
        List.of(
            "1", "12 ", "1-", "a.", "@", "1:", "a@", "\"@", "a@[", "+", "(", "9999 ", "粤", "一 ");
    for (String unit : units) {
      String text = unit.repeat(200_000 / unit.length());
      assertThat(NUMBERS.find(text)).as(unit).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7th-8th", "1st-4th"})
  void takesNoRangeOfGradesForAPostalCodeOrADate(String text) {
    assertThat(detector.find(text))
        .noneMatch(one -> one.type().equals("ZIP") || one.type().equals("DATE_TIME"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"The shop has been closed since May 3rd.", "We met on the 3rd of May."})
  void takesAnOrdinalWithItsMonthForADate(String text) {
    assertThat(detector.find(text)).anyMatch(one -> one.type().equals("DATE_TIME"));
  }
}
