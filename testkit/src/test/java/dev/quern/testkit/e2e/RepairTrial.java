package dev.quern.testkit.e2e;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.format.json.Json;
import dev.quern.quality.Repair;
import dev.quern.testkit.Trial;
import dev.quern.testkit.WrongCells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table mended by {@code quality.repair} and compared with the truth. */
final class RepairTrial {
  /** Rows as mended. */
  final List<@Nullable String[]> mended = new ArrayList<>();

  /** Cells found. */
  final Set<WrongCells.Cell> found = new HashSet<>();

  /** Precision, recall and their harmonic mean. */
  record Score(double precision, double recall) {
    static Score of(long hits, long claimed, long there) {
      return new Score(
          claimed == 0 ? 1 : (double) hits / claimed, there == 0 ? 1 : (double) hits / there);
    }

    double f1() {
      return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.3f | %.3f | %.3f", precision, recall, f1());
    }
  }

  /** Mends {@code rows}, all cells as texts. */
  static RepairTrial of(List<@Nullable String[]> rows) {
    int fields = rows.get(0).length;
    List<Field> schema = new ArrayList<>();
    for (int field = 0; field < fields; field++) {
      schema.add(Field.of("f" + field, Type.TEXT));
    }
    BatchBuilder builder = new BatchBuilder(new Schema(schema));
    for (int row = 0; row < rows.size(); row++) {
      SampleId id = SampleId.of("table", "", row, 0);
      builder.keys().append(id.high(), id.low(), 0, row, 0, Split.NONE.code());
      for (int field = 0; field < fields; field++) {
        builder.column(field).appendValue(rows.get(row)[field]);
      }
    }
    Trial.Result result =
        Trial.of(Repair.SPEC, "{findings: findings}", List.of(builder.build())).run();
    RepairTrial trial = new RepairTrial();
    for (Batch batch : result.samples()) {
      trial.take(batch, fields);
    }
    return trial;
  }

  private void take(Batch batch, int fields) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      @Nullable String[] cells = new @Nullable String[fields];
      for (int field = 0; field < fields; field++) {
        cells[field] = (String) batch.column(field).valueAt(row);
      }
      for (Object finding : (List<?>) Objects.requireNonNull(batch.column(fields).valueAt(row))) {
        String name = (String) Json.object(finding).get("field");
        int field = Integer.parseInt(Objects.requireNonNull(name).substring(1));
        found.add(new WrongCells.Cell(mended.size(), field));
      }
      mended.add(cells);
    }
  }

  /** How well the cells that differ between {@code clean} and {@code dirty} were found. */
  Score detection(List<@Nullable String[]> clean, List<@Nullable String[]> dirty) {
    long hits = 0;
    long wrong = 0;
    for (int row = 0; row < clean.size(); row++) {
      for (int field = 0; field < clean.get(row).length; field++) {
        boolean differs = !Objects.equals(clean.get(row)[field], dirty.get(row)[field]);
        wrong += differs ? 1 : 0;
        hits += differs && found.contains(new WrongCells.Cell(row, field)) ? 1 : 0;
      }
    }
    return Score.of(hits, found.size(), wrong);
  }

  /** How well they were mended: a cell that was changed to the truth is a hit. */
  Score repair(List<@Nullable String[]> clean, List<@Nullable String[]> dirty) {
    long hits = 0;
    long changed = 0;
    long wrong = 0;
    for (int row = 0; row < clean.size(); row++) {
      for (int field = 0; field < clean.get(row).length; field++) {
        String truth = clean.get(row)[field];
        String given = dirty.get(row)[field];
        String now = mended.get(row)[field];
        wrong += Objects.equals(truth, given) ? 0 : 1;
        changed += Objects.equals(now, given) ? 0 : 1;
        hits += !Objects.equals(now, given) && Objects.equals(now, truth) ? 1 : 0;
      }
    }
    return Score.of(hits, changed, wrong);
  }

  /** How well errors that were put in were found; cells missing before do not count. */
  Score detection(List<@Nullable String[]> clean, Map<WrongCells.Cell, WrongCells.Kind> wrong) {
    long hits = wrong.keySet().stream().filter(found::contains).count();
    long claimed =
        found.stream()
            .filter(cell -> !WrongCells.isMissing(clean.get(cell.row())[cell.field()]))
            .count();
    return Score.of(hits, claimed, wrong.size());
  }

  /** Returns the share of cells changed of those that hold a value, in a table without errors. */
  double harm(List<@Nullable String[]> clean) {
    long changed = 0;
    long cells = 0;
    for (int row = 0; row < clean.size(); row++) {
      for (int field = 0; field < clean.get(row).length; field++) {
        String given = clean.get(row)[field];
        if (!WrongCells.isMissing(given)) {
          cells++;
          changed += Objects.equals(given, mended.get(row)[field]) ? 0 : 1;
        }
      }
    }
    return (double) changed / cells;
  }

  /** Reads a file of comma-separated values, trimmed, empty as null, at most {@code most} rows. */
  static List<@Nullable String[]> table(Path file, int skipped, int most) throws IOException {
    List<@Nullable String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        rows.add(cells(line));
      }
    }
    return rows.subList(skipped, Math.min(rows.size(), skipped + most));
  }

  private static @Nullable String[] cells(String line) {
    List<@Nullable String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (char c : (line + ",").toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        String text = cell.toString().strip();
        cells.add(text.isEmpty() ? null : text);
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    return cells.toArray(String[]::new);
  }
}
