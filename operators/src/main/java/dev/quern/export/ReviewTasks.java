package dev.quern.export;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.engine.Writing;
import dev.quern.text.Utf8Buffer;
import dev.quern.text.ValueWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Writes tasks for reviewers, ranked by the quality of the label. */
final class ReviewTasks implements Writing {
  private final LabelStudio operator;
  private final Schema schema;

  ReviewTasks(LabelStudio operator, Schema schema) {
    this.operator = operator;
    this.schema = schema;
  }

  @Override
  public String ending() {
    return ".json";
  }

  @Override
  public Output open(Path path) throws IOException {
    OutputStream out =
        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new Tasks(path, out);
  }

  /** A task as JSON, with what it is ranked by. */
  private record Task(double quality, String id, byte[] json) {}

  private final class Tasks implements Output {
    private final Path path;
    private final OutputStream out;
    private final LabelStudio.Places places = operator.places(schema);
    private final int[] shown = operator.shown(schema);
    private final ValueWriter values = new ValueWriter();
    private final Utf8Buffer buffer = new Utf8Buffer();
    private final List<Task> tasks = new ArrayList<>();
    private boolean closed;

    Tasks(Path path, OutputStream out) {
      this.path = path;
      this.out = out;
    }

    @Override
    public void write(Batch batch) {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (isToReview(batch, row)) {
          tasks.add(task(batch, row));
        }
      }
    }

    private boolean isToReview(Batch batch, int row) {
      boolean done =
          places.reviewed() >= 0
              && !batch.column(places.reviewed()).isNull(row)
              && batch.column(places.reviewed()).boolAt(row);
      return !done && !batch.column(places.issue()).isNull(row);
    }

    private Task task(Batch batch, int row) {
      String id = batch.keys().id(row).toString();
      buffer.reset();
      buffer.putAscii("{\"data\":{\"sample_id\":\"").putAscii(id).put('"');
      value("given_label", batch.column(places.label()), row);
      value("label_quality", batch.column(places.quality()), row);
      value("label_issue", batch.column(places.issue()), row);
      for (int position : shown) {
        if (position != places.label()) {
          value(schema.field(position).name(), batch.column(position), row);
        }
      }
      buffer.putAscii("},\"predictions\":[{\"model_version\":\"quality.label_errors\"");
      value("score", batch.column(places.confidence()), row);
      buffer.putAscii(",\"result\":[{\"from_name\":");
      text(operator.fromName());
      buffer.putAscii(",\"to_name\":");
      text(operator.toName());
      buffer.putAscii(",\"type\":\"choices\",\"value\":{\"choices\":[");
      text(written(batch.column(places.suggested()), row));
      buffer.putAscii("]}}]}]}");
      Column quality = batch.column(places.quality());
      return new Task(
          quality.isNull(row) ? 1 : quality.doubleAt(row),
          id,
          Arrays.copyOf(buffer.bytes(), buffer.length()));
    }

    /** Choices are texts, whatever the type of the label. */
    private String written(Column column, int row) {
      return column.isNull(row) ? "" : values.text(column, row);
    }

    private void value(String name, Column column, int row) {
      buffer.put(',');
      text(name);
      buffer.put(':');
      values.writeJson(column, row, buffer);
    }

    private void text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      buffer.putJsonString(utf8, 0, utf8.length);
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      tasks.sort(Comparator.comparingDouble(Task::quality).thenComparing(Task::id));
      try (out) {
        out.write('[');
        for (int i = 0; i < tasks.size(); i++) {
          out.write((i == 0 ? "\n" : ",\n").getBytes(StandardCharsets.US_ASCII));
          out.write(tasks.get(i).json());
        }
        out.write("\n]\n".getBytes(StandardCharsets.US_ASCII));
      }
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }
}
