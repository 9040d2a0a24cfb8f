package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.trial.Tried;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

  @ParameterizedTest
  @CsvSource({
    "13812345678, 3, 4, 138****5678",
    "4111 1111 1111 1234, 0, 4, **** **** **** 1234",
    "1234567, 0, 4, *******",
    "12345678, 0, 4, ****5678",
    "张三丰, 1, 0, 张**",
    "张三, 1, 0, 张*",
    "李, 1, 0, *",
    "一三八零零①③⑧⓪⓪⓪, 3, 4, 138****8000",
    "①③⑧⓪⓪①③⑧⓪⓪0, 0, 0, ***********",
    "😀😀, 0, 0, **",
    "𠮷野a, 1, 0, 𠮷**"
  })
  void lettersAndDigitsAreMaskedButForAtMostHalf(
      String value, long start, long end, String expected) {
    Mapper mask =
        Tried.operator(
            Mapper.class, Mask.SPEC, "fields", List.of("t"), "keep_start", start, "keep_end", end);
    assertThat(Tried.map(mask, Tried.column("t", Type.TEXT, value)).values())
        .containsExactly(expected);
  }
}
