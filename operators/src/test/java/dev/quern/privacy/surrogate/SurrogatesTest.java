package dev.quern.privacy.surrogate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.privacy.StandardRecognisers;
import dev.quern.privacy.recognise.Detector;
import dev.quern.privacy.recognise.Finding;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogatesTest {
  private final Surrogates surrogates = under("a key of at least sixteen bytes");

  private static Surrogates under(String key) {
    UnaryOperator<byte[]> hash =
        input -> {
          try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(input);
          } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
          }
        };
    return new Surrogates(hash, StandardRecognisers.all(), Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "CN_ID_CARD, 11010519491231002X",
    "CN_ID_CARD, 440524188001010014",
    "CN_USCC, 91350100M000100Y43",
    "CN_BANK_CARD, 6222 0212 3456 7890 128",
    "CN_MOBILE, 138-1234-5678",
    "CN_MOBILE, +86 13812345678",
    "CN_MOBILE, ①③⑧ ①②③④ ⑤⑥⑦⑧",
    "CN_ID_CARD, 一一〇一〇五一九四九一二三一〇〇二X",
    "CREDIT_CARD, 4012-8888-8888-1881",
    "CREDIT_CARD, 371449635398431",
    "CN_USCC, 911101085923662400",
    "PHONE, +44 20 7946 0958",
    "PHONE, (212) 736-5000",
    "IBAN, DE89 3704 0044 0532 0130 00",
    "EMAIL, ann.lee42@example.org",
    "URL, https://www.example.org/a/b?c=1",
    "IP_ADDRESS, 203.0.113.77",
    "MAC_ADDRESS, 00:1B:44:11:3A:B7",
    "CN_PASSPORT, E12345678",
    "CN_PLATE, 京A12345"
  })
  void areOfTheSameTypeAndAnotherValue(String type, String value) {
    Detector detector =
        new Detector(StandardRecognisers.all().where(type::equals), Double.MIN_NORMAL);
    String surrogate = surrogates.of(type, value);
    assertThat(surrogate).isNotEqualTo(value);
    List<Finding> found = detector.find(surrogate);
    assertThat(found).as(surrogate).hasSize(1);
    assertThat(found.get(0).type()).isEqualTo(type);
    assertThat(found.get(0).length()).isEqualTo(surrogate.codePointCount(0, surrogate.length()));
    assertThat(surrogates.of(type, value)).isEqualTo(surrogate);
    assertThat(under("a key of at least sixteen bytes").of(type, value)).isEqualTo(surrogate);
    assertThat(under("another key of at least sixteen").of(type, value)).isNotEqualTo(surrogate);
  }

  @Test
  void separatorsStayAndOneNumberHasOneSurrogateHoweverItIsGrouped() {
    String plain = surrogates.of("CREDIT_CARD", "4012888888881881");
    String grouped = surrogates.of("CREDIT_CARD", "4012-8888-8888-1881");
    assertThat(grouped).matches("\\d{4}-\\d{4}-\\d{4}-\\d{4}");
    assertThat(grouped.replace("-", "")).isEqualTo(plain);
    String mobile = surrogates.of("CN_MOBILE", "13812345678");
    assertThat(surrogates.of("CN_MOBILE", "一三八一二三四五六七八")).isEqualTo(mobile);
    assertThat(surrogates.of("CN_MOBILE", "①③⑧　①②③④　⑤⑥⑦⑧").replace("　", "")).isEqualTo(mobile);
    assertThat(surrogates.of("CN_MOBILE", "+86 138 1234 5678").replace(" ", ""))
        .isEqualTo("+86" + mobile);
    assertThat(surrogates.of("PHONE", "13812345678").substring(3)).isEqualTo(mobile.substring(3));
  }

  @Test
  void residentNumbersKeepProvinceDecadeAndGender() {
    String surrogate = surrogates.of("CN_ID_CARD", "110101199003077475");
    assertThat(surrogate).startsWith("11").matches("\\d{6}199\\d.*");
    assertThat((surrogate.charAt(16) - '0') % 2).isEqualTo(1);
  }

  @Test
  void onePersonIsOnePersonInEveryWriting() {
    String full = surrogates.of("PERSON", "Ann Lee");
    String given = full.split(" ")[0];
    String family = full.split(" ")[1];
    assertThat(surrogates.of("PERSON", "ANN LEE"))
        .isEqualTo(full.toUpperCase(java.util.Locale.ROOT));
    assertThat(surrogates.of("PERSON", "Lee, Ann")).isEqualTo(family + ", " + given);
    assertThat(surrogates.of("PERSON", "Dr. Ann Lee")).isEqualTo("Dr. " + full);
    assertThat(surrogates.of("PERSON", "Ann")).isEqualTo(given);
    assertThat(surrogates.of("EMAIL", "ann.lee@b.org"))
        .startsWith((given + "." + family + "@").toLowerCase(java.util.Locale.ROOT))
        .endsWith(".example.com");
  }

  @Test
  void chineseNamesKeepLengthAndCompoundFamilyNames() {
    assertThat(surrogates.of("PERSON", "张伟")).hasSize(2).doesNotContain("张");
    assertThat(surrogates.of("PERSON", "张伟先生")).isEqualTo(surrogates.of("PERSON", "张伟") + "先生");
    String compound = surrogates.of("PERSON", "欧阳秀英");
    assertThat(compound).hasSize(4).doesNotContain("欧阳");
    assertThat(Pools.has("zh_compound", compound.substring(0, 2))).isTrue();
    assertThat(surrogates.of("PERSON", "约翰·史密斯")).hasSize(6).contains("·");
  }

  @Test
  void onePersonIsOnePersonInEveryKindOfCharacter() {
    String name = surrogates.of("PERSON", "张伟");
    assertThat(surrogates.of("PERSON", "張偉")).isEqualTo(name);
    assertThat(surrogates.of("PERSON", "张\u200B伟")).isEqualTo(name);
    assertThat(surrogates.of("PERSON", "Jose\u0301 Luna"))
        .isEqualTo(surrogates.of("PERSON", "Jos\u00E9 Luna"));
    assertThat(surrogates.of("PERSON", "陳大文")).hasSize(3).doesNotContain("陳", "陈");
  }

  @Test
  void namesWithADotStayNamesOfSounds() {
    String name = surrogates.of("PERSON", "阿卜杜拉·买买提");
    assertThat(name).matches("\\p{IsHan}{4}·\\p{IsHan}{3}").doesNotContain("买买提");
    assertThat(new Detector(StandardRecognisers.all(), 0.5).find(name))
        .anySatisfy(
            found -> {
              assertThat(found.type()).isEqualTo("PERSON");
              assertThat(found.length()).isEqualTo(8);
            });
    assertThat(surrogates.of("PERSON", "阿卜杜拉•买买提")).isEqualTo(name.replace('·', '•'));
  }

  @Test
  void addressesOfPublicNetworksKeepNothing() {
    assertThat(surrogates.of("IP_ADDRESS", "192.168.7.9")).startsWith("192.168.");
    assertThat(surrogates.of("IP_ADDRESS", "172.20.7.9")).startsWith("172.20.");
    assertThat(surrogates.of("IP_ADDRESS", "172.217.7.9")).doesNotContain("172.217");
    assertThat(surrogates.of("IP_ADDRESS", "192.0.2.9")).doesNotContain("192.0");
    assertThat(surrogates.of("IP_ADDRESS", "::ffff:198.51.100.7"))
        .matches("::[0-9a-f]{4}:\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  @Test
  void addressesKeepTheWordsThatSayWhatAPartIs() {
    assertThat(surrogates.of("STREET_ADDRESS", "123 Baker Street, Apt 4B"))
        .matches("\\d{3} \\w+ Street, Apt \\d[A-Z]")
        .doesNotContain("Baker");
    assertThat(surrogates.of("CN_ADDRESS", "北京市海淀区中关村路18号2单元301室"))
        .matches(".+市.+区.+路\\d\\d号\\d单元\\d{3}室")
        .doesNotContain("海淀");
  }

  @Test
  void datesAreOtherDatesInTheSamePattern() {
    assertThat(surrogates.of("DATE_TIME", "2024-05-17")).matches("202[345]-\\d\\d-\\d\\d");
    assertThat(surrogates.of("DATE_TIME", "17 May 2024")).matches("\\d\\d? [A-Z][a-z]{2} 202[345]");
    assertThat(surrogates.of("DATE_TIME", "2024年5月17日")).matches("202[345]年\\d+月\\d+日");
    assertThat(surrogates.of("DATE_OF_BIRTH", "2024年5月")).matches("202[345]年\\d+月");
    assertThat(surrogates.of("DATE_OF_BIRTH", "17 MAY 2024")).matches("\\d\\d? [A-Z]{3} 202[345]");
  }

  @Test
  void titlesAndNationalitiesAreOtherOnesOfTheirKind() {
    assertThat(surrogates.of("TITLE", "Mrs.")).matches("[A-Z][a-z]+\\.?").isNotEqualTo("Mrs.");
    assertThat(surrogates.of("TITLE", "teacher")).matches("[a-z]{4,}").isNotEqualTo("teacher");
    assertThat(surrogates.of("NRP", "FRENCH")).matches("[A-Z]{5,}").isNotEqualTo("FRENCH");
  }

  @Test
  void numbersOfAccountsHaveRightCheckDigits() {
    for (String iban : List.of("GB82 WEST 1234 5698 7654 32", "DE89370400440532013000")) {
      String made = surrogates.of("IBAN", iban);
      assertThat(made).startsWith(iban.substring(0, 2)).hasSameSizeAs(iban).isNotEqualTo(iban);
      String code = made.replace(" ", "");
      StringBuilder digits = new StringBuilder();
      (code.substring(4) + code.substring(0, 4))
          .chars()
          .forEach(c -> digits.append(Character.digit(c, 36)));
      assertThat(new java.math.BigInteger(digits.toString()).mod(java.math.BigInteger.valueOf(97)))
          .isEqualTo(1);
    }
  }

  @Test
  void whatIsOfNoKnownTypeKeepsItsFormat() {
    assertThat(surrogates.of("FIELD", "AB-12 x李")).matches("[A-Z]{2}-\\d\\d [a-z]\\p{IsHan}");
    assertThat(surrogates.of("FIELD", " ")).isEqualTo(" ");
  }

  @Test
  void manyValuesHaveManySurrogates() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      made.add(surrogates.of("CN_MOBILE", String.valueOf(13800000000L + i)));
    }
    assertThat(made).hasSizeGreaterThan(1970);
  }

  @ParameterizedTest
  @CsvSource({
    "CN_ID_CARD, 11010519491231002X, 110105 19491231 002X",
    "CN_ID_CARD, 11010519491231002X, １１０１０５１９４９１２３１００２Ｘ",
    "CN_ID_CARD, 11010519491231002X, 11010519491231002x",
    "CN_MOBILE, 13800138000, ١٣٨٠٠١٣٨٠٠٠",
    "CN_MOBILE, 13800138000, １３８-００１３-８０００",
    "CN_USCC, 91350100M000100Y43, ９１３５０１００Ｍ０００１００Ｙ４３",
    "IBAN, GB82WEST12345698765432, ＧＢ82 WEST 1234 5698 7654 32",
    "CREDIT_CARD, 4012888888881881, ٤٠١٢ ٨٨٨٨ ٨٨٨٨ ١٨٨١"
  })
  void oneNumberHasOneSurrogateInEveryGroupingAndScript(String type, String plain, String other) {
    String surrogate = surrogates.of(type, plain);
    String written = surrogates.of(type, other);
    assertThat(folded(written)).isEqualTo(folded(surrogate));
    assertThat(written).hasSameSizeAs(other);
    Detector detector = new Detector(StandardRecognisers.all().where(type::equals), 0.1);
    assertThat(detector.find(written)).as(written).hasSize(1);
  }

  private static String folded(String code) {
    StringBuilder out = new StringBuilder();
    Normalizer.normalize(code, Normalizer.Form.NFKC)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .map(p -> Character.isDigit(p) ? '0' + Character.digit(p, 10) : p)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  @Test
  void aMobileNumberBehindItsCountryCodeIsTheSameOne() {
    assertThat(surrogates.of("CN_MOBILE", "8613800138000"))
        .isEqualTo("86" + surrogates.of("CN_MOBILE", "13800138000"));
  }
}
