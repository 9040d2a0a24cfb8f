package dev.quern.bench.spark;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.RunContext;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of one partition through Quern's operators of J1, text column by text column: what who
 * writes the job by hand and has the operators would write. A row out has the fields of the row in,
 * its text cleaned, and the count of words.
 */
final class OperatorChain implements Iterator<Row> {
  private static final int ROWS = 1024;
  private static final Schema TEXT = new Schema(List.of(Field.of("text", Type.TEXT)));
  private static final Schema WORDS =
      new Schema(List.of(Field.of("text", Type.TEXT), Field.of("words", Type.LONG)));
  private static final Registry REGISTRY =
      Registry.load(Thread.currentThread().getContextClassLoader());

  private final Iterator<Row> input;
  private final int text;
  private final Consumer<Batch> first;
  private final Row[] rows = new Row[ROWS];
  private final Deque<Row> done = new ArrayDeque<>();

  /** Makes a chain over rows whose text stands at position {@code text}. */
  OperatorChain(Iterator<Row> input, int text) {
    this.input = input;
    this.text = text;
    OperatorTasks tasks =
        new OperatorTasks(
            REGISTRY,
            key -> {
              throw new IllegalStateException("there are no fits");
            },
            Secrets.NONE);
    List<String> texts = List.of("text");
    Mapping clean =
        mapping(tasks, "quality.trim", Map.of("fields", texts, "collapse", "single"), TEXT, TEXT);
    Mapping mask =
        mapping(
            tasks,
            "privacy.redact_pattern",
            Map.of("fields", texts, "patterns", List.of("email")),
            TEXT,
            TEXT);
    Map<String, String> words =
        Map.of("words", "length(text) - length(replace(text, ' ', '')) + 1");
    Mapping count = mapping(tasks, "quality.derive", Map.of("fields", words), TEXT, WORDS);
    Mapping keep = mapping(tasks, "quality.where", Map.of("keep", "words >= 50"), WORDS, WORDS);
    Outcome last = new Next(this::emit);
    Outcome counted = new Next(batch -> keep.map(batch, last));
    Outcome masked = new Next(batch -> count.map(batch, counted));
    Outcome cleaned = new Next(batch -> mask.map(batch, masked));
    first = batch -> clean.map(batch, cleaned);
  }

  private static Mapping mapping(
      OperatorTasks tasks,
      String operator,
      Map<String, Object> parameters,
      Schema input,
      Schema output) {
    Task task =
        new Task(
            operator,
            operator,
            REGISTRY.find(operator).orElseThrow().revision(),
            Json.canonical(parameters),
            Task.Scope.ALL,
            Optional.empty());
    return tasks.mapping(task, input, output, new RunContext(0));
  }

  @Override
  public boolean hasNext() {
    while (done.isEmpty() && input.hasNext()) {
      fill();
    }
    return !done.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("rows are at their end");
    }
    return done.remove();
  }

  private void fill() {
    BatchBuilder builder = new BatchBuilder(TEXT);
    ColumnBuilder column = builder.column(0);
    int count = 0;
    while (count < ROWS && !builder.isFull() && input.hasNext()) {
      Row row = input.next();
      rows[count] = row;
      if (row.isNullAt(text)) {
        column.appendNull();
      } else {
        byte[] utf8 = row.getString(text).getBytes(StandardCharsets.UTF_8);
        column.appendSlice(utf8, 0, utf8.length);
      }
      builder.keys().append(0, 0, 0, count, 0, (byte) 0);
      count++;
    }
    first.accept(builder.build());
  }

  /** The position of a sample says which row it was. */
  private void emit(Batch batch) {
    Slice slice = new Slice();
    for (int i = 0; i < batch.count(); i++) {
      int at = batch.row(i);
      Row row = rows[(int) batch.keys().position(at)];
      Object[] values = new Object[row.size() + 1];
      for (int j = 0; j < row.size(); j++) {
        values[j] = row.get(j);
      }
      batch.column(0).sliceAt(at, slice);
      values[text] = slice.text();
      values[row.size()] = batch.column(1).longAt(at);
      done.add(RowFactory.create(values));
    }
  }

  /** Takes what an operator keeps. */
  private record Next(Consumer<Batch> kept) implements Outcome {
    @Override
    public void keep(Batch batch) {
      kept.accept(batch);
    }

    @Override
    public void created(long samples) {}

    @Override
    public void merged(long samples) {}

    @Override
    public void drop(Batch batch, int row, String reason, double measured) {}

    @Override
    public void quarantine(Batch batch, int row, String field, Fault fault) {
      throw new IllegalStateException("a text must be processed; found: " + fault.rule());
    }

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {
      throw new IllegalStateException("a text must be processed; found: " + fault.rule());
    }
  }
}
