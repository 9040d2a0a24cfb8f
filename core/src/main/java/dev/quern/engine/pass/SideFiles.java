package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.DroppedSamples;
import dev.quern.engine.Fault;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.SampleFiles;
import dev.quern.engine.Traces;
import dev.quern.format.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The dropped and the quarantined samples and the changed cells of one task, as JSON lines.
 * Quarantined samples hold data, the others where the pass keeps them. Not safe for several
 * threads.
 */
final class SideFiles {
  private final PassFolder folder;
  private final Names names;
  private final String task;
  private final Traces keeps;
  private @Nullable Lines dropped;
  private @Nullable Lines changed;
  private @Nullable Lines quarantined;

  SideFiles(PassFolder folder, Names names, TaskLine.Key task, Traces keeps) {
    this.folder = folder;
    this.names = names;
    this.task = task.fileName();
    this.keeps = keeps;
  }

  /** Tells the names of sources and files for places. */
  interface Names {
    /** Returns the recipe's name of the source, or its number where it is not known. */
    Object source(int source);

    /** Returns the name of the file within the source, or its number where it is not known. */
    Object file(int source, int file);
  }

  void drop(String step, Batch batch, int row, String reason, double measured) throws IOException {
    if (keeps.dropped() == DroppedSamples.NONE || reason.equals(Outcome.FORGOTTEN)) {
      return;
    }
    if (dropped == null) {
      dropped = new Lines(folder, task + ".dropped");
    }
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("id", batch.keys().id(row).toString());
    line.put("reason", reason);
    line.put("measured", Double.isFinite(measured) ? measured : null);
    if (keeps.dropped() == DroppedSamples.SAMPLES) {
      line.put("sample", sample(batch, row));
    }
    dropped.add(Json.write(line));
  }

  void change(
      String step,
      Batch before,
      int row,
      String field,
      String rule,
      double confidence,
      @Nullable Object after)
      throws IOException {
    if (keeps.changed() == ChangedCells.NONE) {
      return;
    }
    if (changed == null) {
      changed = new Lines(folder, task + ".changed");
    }
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("id", before.keys().id(row).toString());
    line.put("field", field);
    line.put("rule", rule);
    line.put("confidence", Double.isFinite(confidence) ? confidence : null);
    if (keeps.changed() == ChangedCells.VALUES) {
      int position = before.schema().names().indexOf(field);
      line.put("before", position < 0 ? null : plain(before.column(position).valueAt(row)));
      line.put("after", plain(after));
    }
    changed.add(Json.write(line));
  }

  void quarantine(String step, Batch batch, int row, String field, Fault fault) throws IOException {
    long origin = batch.keys().origin(row);
    int source = (int) (origin >>> 32);
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("source", names.source(source));
    line.put("file", names.file(source, (int) origin));
    line.put("position", batch.keys().position(row));
    put(line, field, fault);
    line.put("id", batch.keys().id(row).toString());
    line.put("sample", sample(batch, row));
    quarantined().add("\t\t" + Json.write(line));
  }

  void quarantine(String step, Place place, String field, Fault fault, byte[] raw)
      throws IOException {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("source", names.source(place.source()));
    line.put("file", names.file(place.source(), place.file()));
    line.put("position", place.position());
    Map<String, @Nullable Object> rest = new LinkedHashMap<>();
    put(rest, field, fault);
    rest.put("raw", Base64.getEncoder().encodeToString(raw));
    String head = Json.write(line);
    // The line of the file is known when all earlier morsels are: tabs mark its place until then.
    quarantined()
        .add(
            place.file()
                + "\t"
                + place.line()
                + "\t"
                + head.substring(0, head.length() - 1)
                + ",\"line\":\t,"
                + Json.write(rest).substring(1));
  }

  private static void put(Map<String, @Nullable Object> line, String field, Fault fault) {
    line.put("field", field);
    line.put("rule", fault.rule());
    line.put("expected", fault.expected());
    line.put("length", fault.length());
    line.put("mask", fault.mask());
  }

  private Lines quarantined() throws IOException {
    if (quarantined == null) {
      quarantined = new Lines(folder, task + ".quarantined");
    }
    return quarantined;
  }

  private static Map<String, @Nullable Object> sample(Batch batch, int row) {
    Schema schema = batch.schema();
    Map<String, @Nullable Object> sample = new LinkedHashMap<>();
    for (int i = 0; i < schema.size(); i++) {
      sample.put(schema.field(i).name(), plain(batch.column(i).valueAt(row)));
    }
    return sample;
  }

  /** Returns {@code value} in types JSON has: bytes as base64, decimals and times as text. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Float number) {
      return (double) number;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>();
      list.forEach(part -> plain.add(plain(part)));
      return plain;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      map.forEach((name, part) -> plain.put(String.valueOf(name), plain(part)));
      return plain;
    }
    return value;
  }

  /** Returns the file of dropped samples, complete on disk, or null. */
  TaskLine.@Nullable Beside finishDropped() throws IOException {
    return dropped == null ? null : dropped.finish();
  }

  /** Returns the file of changed cells, complete on disk, or null. */
  TaskLine.@Nullable Beside finishChanged() throws IOException {
    return changed == null ? null : changed.finish();
  }

  /** Returns the file of quarantined samples, complete on disk, or null. */
  TaskLine.@Nullable Beside finishQuarantined() throws IOException {
    return quarantined == null ? null : quarantined.finish();
  }

  /** Closes what an aborted task leaves. */
  void abandon() throws IOException {
    if (dropped != null) {
      dropped.file.close();
    }
    if (changed != null) {
      changed.file.close();
    }
    if (quarantined != null) {
      quarantined.file.close();
    }
  }

  /** A file of lines. */
  private static final class Lines {
    private final String name;
    private final SampleFiles.Output file;
    private final CheckedOutputStream out;

    Lines(PassFolder folder, String name) throws IOException {
      this.name = name;
      this.file = folder.files().create(folder.file(name), folder.file(name));
      this.out =
          new CheckedOutputStream(new BufferedOutputStream(file.stream(), 1 << 16), new CRC32C());
    }

    void add(String line) throws IOException {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }

    TaskLine.Beside finish() throws IOException {
      out.flush();
      file.finish();
      return new TaskLine.Beside(name, PassFolder.written(out.getChecksum()));
    }
  }
}
