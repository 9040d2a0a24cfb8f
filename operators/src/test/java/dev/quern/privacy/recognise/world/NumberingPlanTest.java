package dev.quern.privacy.recognise.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberingPlanTest {
  private static final List<String> BEFORE =
      List.of(
          "", "", "0", "00", "1", "11", "44", "440", "49", "33", "330", "91", "61", "972", "55");

  private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
  private final SplittableRandom random = new SplittableRandom(11);
  private int valid;
  private int asked;
  private int all;

  /** Random digits, and numbers that are valid or nearly so. */
  private List<String> digitGroups(String region, int count) {
    List<String> examples = new ArrayList<>();
    for (PhoneNumberUtil.PhoneNumberType type : PhoneNumberUtil.PhoneNumberType.values()) {
      PhoneNumber example = phones.getExampleNumberForType(region, type);
      if (example != null) {
        examples.add(NumberingPlan.digits(phones.format(example, PhoneNumberFormat.NATIONAL)));
        examples.add(phones.format(example, PhoneNumberFormat.E164).substring(1));
      }
    }
    examples.removeIf(String::isEmpty);
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder digits = new StringBuilder();
      if (i % 2 == 0 && !examples.isEmpty()) {
        digits.append(examples.get(random.nextInt(examples.size())));
        for (int change = random.nextInt(4); change > 0; change--) {
          digits.setCharAt(random.nextInt(digits.length()), (char) ('0' + random.nextInt(10)));
        }
        digits.insert(0, BEFORE.get(random.nextInt(BEFORE.size())));
      } else {
        digits.append(BEFORE.get(random.nextInt(BEFORE.size())));
        int length = random.nextInt(7, 15);
        while (digits.length() < length) {
          digits.append((char) ('0' + random.nextInt(10)));
        }
      }
      groups.add(digits.toString());
    }
    return groups;
  }

  private void compare(Answer answer, String written, String region) {
    boolean is = NumberingPlan.isValid(written, region);
    assertThat(answer).as(region + " " + written).isNotEqualTo(is ? Answer.NO : Answer.YES);
    all++;
    valid += is ? 1 : 0;
    asked += answer == Answer.ASK ? 1 : 0;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 33, 39, 41, 44, 46, 49, 52, 54, 55, 61, 81, 82, 86, 91, 262, 590, 972})
  void saysOfDialledNumbersWhatTheLibrarySays(int code) {
    String region = phones.getRegionCodeForCountryCode(code);
    for (String digits : digitGroups(region, 1_000)) {
      String written = digits.substring(0, 3) + (all % 3 == 0 ? "-" : "") + digits.substring(3);
      compare(NumberingPlan.of(code).dialled(NumberingPlan.digits(written)), written, region);
    }
    assertThat(valid).isBetween(30, 900);
    assertThat(asked).isLessThan(250);
  }

  @Test
  void saysOfInternationalNumbersWhatTheLibrarySays() {
    for (int code : List.of(1, 7, 39, 44, 49, 54, 86, 262, 290, 972)) {
      String region = phones.getRegionCodeForCountryCode(code);
      for (String digits : digitGroups(region, 200)) {
        String written = "+" + (random.nextInt(3) > 0 ? code : "") + digits;
        compare(NumberingPlan.international(written.substring(1)), written, "ZZ");
      }
    }
    assertThat(valid).isBetween(200, 1_500);
    assertThat(asked).isLessThan(all / 4);
  }

  @Test
  void numbersAreOfTheFirstPlanThatTakesThem() {
    assertThat(NumberingPlan.isNational("020 7946 0958")).isTrue();
    assertThat(NumberingPlan.isNational("(212) 736-5000")).isTrue();
    assertThat(NumberingPlan.isNational("+44 20 7946 0958")).isTrue();
    assertThat(NumberingPlan.isNational("212-736-5000 x12")).isTrue();
    assertThat(NumberingPlan.isNational("1234567")).isFalse();
    assertThat(NumberingPlan.isAmerican("020 7946 0958")).isFalse();
    assertThat(NumberingPlan.isInternational("+999 123 4567")).isFalse();
  }
}
