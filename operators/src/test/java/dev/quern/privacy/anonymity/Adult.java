package dev.quern.privacy.anonymity;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.trial.Tried;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Adult table as ARX uses it, read from the shared data, and its hierarchies. */
public final class Adult {
  /** The fields in ARX's order. */
  public static final List<String> FIELDS =
      List.of(
          "sex",
          "age",
          "race",
          "marital-status",
          "education",
          "native-country",
          "workclass",
          "occupation",
          "salary-class");

  /** Their positions in the file of the UCI repository. */
  private static final int[] POSITIONS = {9, 0, 8, 5, 3, 13, 1, 6, 14};

  private static final Path DATA = Path.of(System.getProperty("quern.data", "../../shared/data"));

  private Adult() {}

  /** Skips the test where there are no shared data. */
  public static void assumeThere() {
    assumeTrue(
        Files.isDirectory(DATA.resolve("priv-arx-adult")) || System.getenv("CI") != null,
        "no shared data: priv-arx-adult");
  }

  /** Returns the hierarchy of {@code field}. */
  public static TableHierarchy hierarchy(String field) throws IOException {
    Path file = DATA.resolve("priv-arx-adult").resolve("adult_hierarchy_" + field + ".csv");
    List<List<String>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isEmpty()) {
        lines.add(List.of(line.split(";")));
      }
    }
    return new TableHierarchy(lines);
  }

  /** Returns the 30,162 rows without unknown values, in the order of {@link #FIELDS}. */
  public static Batch batch() throws IOException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(DATA.resolve("tab-adult").resolve("adult-train.csv"))) {
      if (line.isEmpty() || line.contains("?")) {
        continue;
      }
      String[] cells = line.split(", ");
      @Nullable Object[] row = new Object[POSITIONS.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = cells[POSITIONS[i]];
      }
      rows.add(row);
    }
    Object[] schema = new Object[2 * FIELDS.size()];
    for (int i = 0; i < FIELDS.size(); i++) {
      schema[2 * i] = FIELDS.get(i);
      schema[2 * i + 1] = Type.TEXT;
    }
    return Tried.batch(Tried.schema(schema), rows.toArray(new Object[0][]));
  }

  /** Returns the combinations of {@code quasi}, then of {@code sensitive}. */
  static CombinationTable table(List<String> quasi, List<String> sensitive) throws IOException {
    List<String> all = new ArrayList<>(quasi);
    all.addAll(sensitive);
    Combinations combinations = new Combinations(all.stream().mapToInt(FIELDS::indexOf).toArray());
    combinations.add(batch());
    return combinations.table();
  }

  /** Returns the levels of the fields of {@code quasi}, the first of {@code table}. */
  static Levels[] levels(CombinationTable table, List<String> quasi) throws IOException {
    Levels[] levels = new Levels[quasi.size()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Levels.of(hierarchy(quasi.get(i)), table.domains()[i]);
    }
    return levels;
  }
}
