package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Analyzer;
import dev.quern.quality.dependency.RowSample;
import dev.quern.trial.Tried;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  private static final Schema SCHEMA =
      Tried.schema("zip", Type.LONG, "city", Type.TEXT, "noise", Type.LONG, "id", Type.LONG);

  @Test
  void findsADependencyDespiteExceptionsAndNoneByChance() {
    assertThat(Tried.metrics(analyzer(), cities(1000, 20)))
        .containsExactly("dependencies() = 1.0", "dependencies(zip, city) = 0.98");
  }

  @Test
  void keysAndConstantFieldsAreNoDependencies() {
    assertThat(Tried.metrics(analyzer(), cities(1000, 0)))
        .noneMatch(metric -> metric.contains("(id"));
    Batch constant =
        Tried.batch(
            Tried.schema("a", Type.LONG, "b", Type.LONG),
            new Object[] {1L, 7L},
            new Object[] {1L, 7L},
            new Object[] {2L, 7L},
            new Object[] {2L, 7L});
    assertThat(Tried.metrics(analyzer(), constant)).containsExactly("dependencies() = 0.0");
  }

  @Test
  void twoFieldsTogetherDetermineAThird() {
    Object[][] rows = new Object[400][];
    for (int i = 0; i < rows.length; i++) {
      long a = i % 8;
      long b = i / 8 % 8;
      rows[i] = new Object[] {a, b, (a + b) % 8};
    }
    Schema schema = Tried.schema("a", Type.LONG, "b", Type.LONG, "sum", Type.LONG);
    assertThat(Tried.metrics(analyzer(), Tried.batch(schema, rows)))
        .contains("dependencies(a, b, sum) = 1.0", "dependencies() = 3.0");
  }

  @Test
  void theSampleDependsNeitherOnOrderNorOnShards() throws IOException {
    Batch batch = cities(300, 5);
    int[] positions = {0, 1};
    RowSample whole = new RowSample(positions, 100);
    whole.add(batch);
    RowSample parts = new RowSample(positions, 100);
    for (int third = 2; third >= 0; third--) {
      int[] rows = new int[100];
      for (int i = 0; i < 100; i++) {
        rows[i] = 100 * third + i;
      }
      RowSample part = new RowSample(positions, 100);
      part.add(batch.select(rows, 100));
      parts.merge(part);
    }
    assertThat(written(parts)).isEqualTo(written(whole));
    RowSample back =
        RowSample.read(
            new DataInputStream(new ByteArrayInputStream(written(whole))), positions, 100);
    assertThat(written(back)).isEqualTo(written(whole));
    assertThat(back.isComplete()).isFalse();
  }

  private static byte[] written(RowSample sample) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sample.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Batch cities(int count, int wrong) {
    SplittableRandom random = new SplittableRandom(5);
    Object[][] rows = new Object[count][];
    for (int i = 0; i < count; i++) {
      long zip = random.nextInt(40);
      String city = i < wrong ? "wrong" + i : "city" + zip / 4;
      rows[i] = new Object[] {zip, city, (long) random.nextInt(10), (long) i};
    }
    return Tried.batch(SCHEMA, rows);
  }

  private static Analyzer<?> analyzer() {
    return Tried.operator(Analyzer.class, Dependencies.SPEC);
  }
}
