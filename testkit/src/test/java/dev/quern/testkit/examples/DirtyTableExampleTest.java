package dev.quern.testkit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dirty orders, held against the clean ones cell by cell. */
class DirtyTableExampleTest {
  @TempDir Path folder;

  /** Cells by number of the order and name of the field. */
  private static Map<String, Map<String, String>> orders(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] names = lines.get(0).split(",");
    Map<String, Map<String, String>> orders = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> order = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        order.put(names[i], cells[i]);
      }
      orders.put(cells[0], order);
    }
    return orders;
  }

  private static boolean same(@Nullable Object found, String wanted) {
    return found instanceof Number number && wanted.matches("-?[0-9.]+")
        ? number.doubleValue() == Double.parseDouble(wanted)
        : String.valueOf(found).equals(wanted);
  }

  @Test
  void repairFindsAndMendsWhatTheCleanCopyTellsWrong() throws IOException {
    ExampleRun run = ExampleRun.of("dirty-table", folder);
    Map<String, Map<String, String>> clean = orders(run.folder().resolve("data/clean.csv"));
    Map<String, Map<String, String>> dirty = orders(run.folder().resolve("data/dirty.csv"));
    long wrong = 0;
    long found = 0;
    long mended = 0;
    long harmed = 0;
    long right = 0;
    for (Map<String, @Nullable Object> sample : run.samples()) {
      String key = String.valueOf(sample.get("order_id"));
      for (Map.Entry<String, String> cell : clean.getOrDefault(key, Map.of()).entrySet()) {
        String before = dirty.getOrDefault(key, Map.of()).getOrDefault(cell.getKey(), "");
        boolean isRight = same(sample.get(cell.getKey()), cell.getValue());
        boolean wasRight = before.equals(cell.getValue());
        wrong += wasRight ? 0 : 1;
        found += wasRight || same(sample.get(cell.getKey()), before) ? 0 : 1;
        mended += !wasRight && isRight ? 1 : 0;
        harmed += wasRight && !isRight ? 1 : 0;
        right += isRight && !cell.getKey().equals("order_id") ? 1 : 0;
      }
    }
    assertThat(wrong).isEqualTo(1268);
    assertThat(found).as("cells found").isGreaterThanOrEqualTo(1220);
    assertThat(mended).as("cells mended").isGreaterThanOrEqualTo(1150);
    assertThat(harmed).as("right cells made wrong").isLessThanOrEqualTo(5);
    // What the check against the clean copy says in the report.
    Map<String, @Nullable Object> proof =
        ExampleRun.list(run.report(), "checks").stream()
            .filter(check -> String.valueOf(check.get("check")).startsWith("accuracy()"))
            .findFirst()
            .orElseThrow();
    assertThat(proof.get("status")).isEqualTo("passed");
    assertThat(ExamplesTest.number(proof, "value"))
        .isCloseTo((double) right / (13 * clean.size()), within(1e-12));
  }
}
