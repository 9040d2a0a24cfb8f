package dev.quern.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SubjectHashTest {
  private static final byte[] KEY = new byte[SubjectHash.KEY_BYTES];
  private final SubjectHash hash = new SubjectHash(KEY);

  private String of(String value) {
    return HexFormat.of().formatHex(hash.of(value));
  }

  @Test
  void isTheBeginningOfTheHmacOfPurposeAndValue() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    byte[] whole = mac.doFinal("subject\n李雷".getBytes(StandardCharsets.UTF_8));
    assertThat(of("李雷")).isEqualTo(HexFormat.of().formatHex(whole, 0, 16));
  }

  @Test
  void oneValueIsOneSubjectHoweverItIsTyped() {
    Schema schema =
        Schema.of(
            Field.of("text", Type.TEXT),
            Field.of("long", Type.LONG),
            Field.of("double", Type.DOUBLE),
            Field.of("decimal", Type.decimal(10, 2)),
            Field.of("list", Type.list(Type.TEXT)));
    BatchBuilder builder = new BatchBuilder(schema);
    builder.keys().append(0, 0, 0, 0, 0, (byte) 0);
    builder.column(0).appendText(" 42\t");
    builder.column(1).appendLong(42);
    builder.column(2).appendDouble(42.0);
    builder.column(3).appendDecimal(new BigDecimal("42.00"));
    builder.column(4).elements().appendText("x");
    builder.column(4).elements().appendText("42");
    builder.column(4).endList();
    Batch batch = builder.build();
    List<List<String>> found = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      List<String> of = new ArrayList<>();
      hash.each(batch.column(i), 0, one -> of.add(HexFormat.of().formatHex(one)));
      found.add(of);
    }
    List<String> number = List.of(of("42"));
    assertThat(found).containsExactly(number, number, number, number, List.of(of("x"), of("42")));
  }

  @Test
  void composedAndDecomposedCharactersAreOne() {
    assertThat(of("Zoe\u0308")).isEqualTo(of("Zo\u00eb")).isNotEqualTo(of("Zoe"));
  }

  @Test
  void anotherKeyGivesOtherHashes() {
    byte[] other = new byte[SubjectHash.KEY_BYTES];
    other[0] = 1;
    assertThat(new SubjectHash(other).of("a")).isNotEqualTo(hash.of("a"));
    assertThatThrownBy(() -> new SubjectHash(new byte[16]))
        .hasMessage("key must have at least 32 bytes; found: 16");
  }
}
