package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.trial.Tried;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a number is written, what replaces it leaves none of it and knows it as the same. */
class WrittenNumbersTest {
  private static final List<String> WRITTEN =
      List.of(
          "13800138000",
          "138-0013-8000",
          "１３８００１３８０００",
          "١٣٨٠٠١٣٨٠٠٠",
          "१३८००१३८०००",
          "一三八零零一三八零零零",
          "幺三八〇〇幺三八〇〇〇",
          "①③⑧⓪⓪①③⑧⓪⓪⓪");

  private static List<OperatorSpec> steps() {
    return List.of(
        Redact.SPEC, Mask.SPEC, Randomize.SPEC, HashKeyed.SPEC, Surrogate.SPEC, Encrypt.SPEC);
  }

  private static List<String> replaced(OperatorSpec spec) {
    @Nullable Object[][] rows = new Object[WRITTEN.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new @Nullable Object[] {"电话" + WRITTEN.get(i)};
    }
    Batch texts = Tried.batch(Tried.schema("t", Type.TEXT), rows);
    Tried found = Tried.map(Tried.operator(Mapper.class, Detect.SPEC), texts);
    Batch batch =
        Tried.batch(found.schema, found.rows.stream().map(List::toArray).toArray(Object[][]::new));
    boolean keyed = spec.params().stream().anyMatch(param -> param.name().equals("key"));
    Object[] params = keyed ? new Object[] {"key", "env:K"} : new Object[0];
    List<String> made = new ArrayList<>();
    Tried.map(Tried.operator(Mapper.class, spec, params), batch)
        .rows
        .forEach(row -> made.add(String.valueOf(row.get(0))));
    return made;
  }

  @ParameterizedTest
  @MethodSource("steps")
  void noSignOfTheNumberStaysInItsPlace(OperatorSpec spec) {
    List<String> made = replaced(spec);
    assertThat(made).hasSameSizeAs(WRITTEN);
    for (int i = 0; i < made.size(); i++) {
      String value = WRITTEN.get(i);
      String out = made.get(i).substring(2);
      assertThat(out).isNotEmpty().doesNotContain(value).doesNotContain(value.substring(3));
    }
  }

  @ParameterizedTest
  @MethodSource("consistent")
  void pseudonymsAndSurrogatesAreOfTheNumberAndNotOfItsWriting(OperatorSpec spec) {
    Set<String> digits = new HashSet<>();
    for (String out : replaced(spec)) {
      StringBuilder plain = new StringBuilder();
      out.codePoints()
          .filter(Character::isLetterOrDigit)
          .forEach(
              p -> plain.append(Character.isDigit(p) ? "" + Character.digit(p, 10) : (char) p));
      digits.add(plain.toString());
    }
    assertThat(digits).hasSize(1);
  }

  private static List<OperatorSpec> consistent() {
    return List.of(HashKeyed.SPEC, Surrogate.SPEC);
  }
}
