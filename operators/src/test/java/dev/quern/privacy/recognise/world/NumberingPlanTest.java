package dev.quern.privacy.recognise.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumberingPlanTest {
  private static final List<String> BEFORE =
      List.of(
          "", "", "0", "00", "1", "11", "44", "440", "49", "33", "330", "91", "61", "972", "55");

  private static boolean isValid(String written, String region) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    try {
      return phones.isValidNumber(phones.parse(written, region));
    } catch (NumberParseException e) {
      return false;
    }
  }

  @Test
  void refusesNoNumberThatIsOneOfThePlan() {
    SplittableRandom random = new SplittableRandom(11);
    int refused = 0;
    int valid = 0;
    for (int round = 0; round < 3_000; round++) {
      StringBuilder digits = new StringBuilder(BEFORE.get(random.nextInt(BEFORE.size())));
      int length = random.nextInt(7, 14);
      while (digits.length() < length) {
        digits.append((char) ('0' + random.nextInt(10)));
      }
      String written = digits.insert(3, round % 3 == 0 ? "-" : "").toString();
      for (NumberingPlan plan : NumberingPlan.TRIED) {
        boolean may = plan.mayTake(written);
        boolean is = isValid(written, plan.region());
        assertThat(may || !is).as(plan.region() + " " + written).isTrue();
        refused += may ? 0 : 1;
        valid += is ? 1 : 0;
      }
    }
    assertThat(refused).isGreaterThan(3_000);
    assertThat(valid).isGreaterThan(500);
  }
}
