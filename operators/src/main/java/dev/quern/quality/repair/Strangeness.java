package dev.quern.quality.repair;

import dev.quern.data.SampleId;
import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of samples learnt from that lie far from their neighbours in order.
 *
 * @param cells by sample: position of the field, hash of the text, how far off
 */
record Strangeness(Map<SampleId, List<double[]>> cells) {

  /** Notes what is strange in {@code row}. */
  void note(SampleId id, @Nullable String[] row, double[] strange) {
    for (int field = 0; field < strange.length; field++) {
      String cell = row[field];
      if (strange[field] > 0 && cell != null) {
        cells
            .computeIfAbsent(id, k -> new ArrayList<>())
            .add(new double[] {field, cell.hashCode(), strange[field]});
      }
    }
  }

  /** Returns how strange the cells of {@code row} are. */
  double[] of(SampleId id, @Nullable String[] row) {
    double[] strange = new double[row.length];
    for (double[] noted : cells.getOrDefault(id, List.of())) {
      String cell = row[(int) noted[0]];
      if (cell != null && cell.hashCode() == (int) noted[1]) {
        strange[(int) noted[0]] = noted[2];
      }
    }
    return strange;
  }

  List<@Nullable Object> plain() {
    List<@Nullable Object> plain = new ArrayList<>();
    cells.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              List<@Nullable Object> one = new ArrayList<>();
              one.add(entry.getKey().toString());
              entry.getValue().forEach(noted -> one.add(ModelForm.doubles(noted)));
              plain.add(one);
            });
    return plain;
  }

  static Strangeness of(@Nullable Object stored) {
    Map<SampleId, List<double[]>> cells = new HashMap<>();
    for (Object one : Json.list(stored)) {
      List<@Nullable Object> parts = Json.list(one);
      List<double[]> noted = new ArrayList<>();
      for (Object part : parts.subList(1, parts.size())) {
        noted.add(ModelForm.doubles(part));
      }
      cells.put(SampleId.parse(ModelForm.text(parts.get(0))), noted);
    }
    return new Strangeness(cells);
  }
}
