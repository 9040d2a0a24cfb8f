package dev.quern.testkit;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Folding;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Linking;
import dev.quern.engine.Mapping;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.engine.Source;
import dev.quern.engine.Task;
import dev.quern.engine.TaskResolver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The verbs in memory, as plainly as they can be written: what engines are compared with. Every map
 * and fold works on a given number of shards with code of its own, folds are written, read back and
 * merged, groups are dealt out over the shards.
 */
public final class MemorySamples implements Verbs {
  private final TaskResolver tasks;
  private final RunContext run;
  private final int shards;
  private final Map<String, List<Batch>> given = new LinkedHashMap<>();
  private final Map<String, MemoryOutcome> outcomes = new TreeMap<>();

  /** Makes an engine that works on {@code shards} shards. */
  public MemorySamples(TaskResolver tasks, RunContext run, int shards) {
    this.tasks = tasks;
    this.run = run;
    this.shards = shards;
  }

  @Override
  public Samples given(int number, Schema schema, List<Batch> batches) {
    String name = "memory" + number;
    Task task = new Task(name, READ, 1, "{}", Task.Scope.ALL, Optional.empty());
    Source source = new Source(number, name, "", "", Split.NONE, List.of());
    Samples samples = Samples.read(task, source, schema, name);
    given.put(samples.key(), batches);
    return samples;
  }

  @Override
  public StepResult result(String step) {
    MemoryOutcome outcome = outcomes.get(step);
    return outcome == null ? new MemoryOutcome().result() : outcome.result();
  }

  @Override
  public List<Batch> batches(Samples samples) {
    if (samples instanceof Samples.Read read) {
      List<Batch> batches = given.get(read.key());
      if (batches == null) {
        throw new IllegalArgumentException("samples must be in memory; found: a read of files");
      }
      return batches;
    }
    if (samples instanceof Samples.Mapped mapped) {
      return map(mapped);
    }
    if (samples instanceof Samples.Grouped grouped) {
      return group(grouped);
    }
    if (samples instanceof Samples.Sorted sorted) {
      return sort(batches(sorted.input()), sorted.keys());
    }
    if (samples instanceof Samples.United united) {
      List<Batch> all = new ArrayList<>();
      united.inputs().forEach(input -> all.addAll(batches(input)));
      return all;
    }
    if (samples instanceof Samples.Connected connected) {
      return connect(connected);
    }
    throw new IllegalArgumentException("samples must be in memory; found: stored samples");
  }

  @Override
  public Accumulator<?> fold(Task task, Samples samples) {
    return fold(task, samples.schema(), batches(samples));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Accumulator<?> fold(Task task, Schema schema, List<Batch> batches) {
    try {
      Folding folding = tasks.folding(task, schema, run);
      Accumulator whole = folding.zero();
      List<List<Batch>> parts = parts(batches);
      // From the last to the first: an order of its own, which must not matter.
      for (int i = parts.size() - 1; i >= 0; i--) {
        Accumulator<?> part = folding.zero();
        for (Batch batch : parts.get(i)) {
          part.add(task.scope() == Task.Scope.TRAIN ? only(batch, true) : batch);
        }
        whole.merge(folding.read(in(state(part))));
      }
      return folding.read(in(state(whole)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the written state of {@code accumulator}. */
  public static byte[] state(Accumulator<?> accumulator) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      accumulator.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] state) {
    return new DataInputStream(new ByteArrayInputStream(state));
  }

  private List<Batch> map(Samples.Mapped mapped) {
    MemoryOutcome out = outcome(mapped.task());
    int from = out.kept().size();
    for (List<Batch> part : parts(batches(mapped.input()))) {
      Mapping mapping = tasks.mapping(mapped.task(), mapped.input().schema(), mapped.schema(), run);
      for (Batch batch : part) {
        out.read(batch.count());
        if (mapped.task().scope() == Task.Scope.ALL) {
          mapping.map(batch, out);
        } else {
          mapping.map(only(batch, true), out);
          out.keep(only(batch, false));
        }
      }
    }
    return since(out, from);
  }

  private record Row(byte[] key, int input, Batch batch, int row) {}

  private List<Batch> group(Samples.Grouped grouped) {
    MemoryOutcome out = outcome(grouped.task());
    int from = out.kept().size();
    List<Schema> schemas = grouped.inputs().stream().map(Samples::schema).toList();
    List<Row> rows = new ArrayList<>();
    Grouping keys = tasks.grouping(grouped.task(), schemas, grouped.schema(), run);
    CanonicalForm form = new CanonicalForm();
    for (int input = 0; input < schemas.size(); input++) {
      for (Batch batch : batches(grouped.inputs().get(input))) {
        out.read(batch.count());
        for (int i = 0; i < batch.count(); i++) {
          keys.key(input, batch, batch.row(i), form.reset());
          byte[] key = Arrays.copyOf(form.bytes(), form.length());
          rows.add(new Row(key, input, batch, batch.row(i)));
        }
      }
    }
    rows.sort(
        Comparator.comparing(Row::key, Arrays::compareUnsigned)
            .thenComparingInt(Row::input)
            .thenComparing(order(grouped.order())));
    List<Grouping> workers = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      workers.add(tasks.grouping(grouped.task(), schemas, grouped.schema(), run));
    }
    int start = 0;
    for (int number = 0; start < rows.size(); number++) {
      int end = start;
      while (end < rows.size() && Arrays.equals(rows.get(end).key(), rows.get(start).key())) {
        end++;
      }
      workers.get(number % shards).group(new Rows(rows.subList(start, end)), out);
      start = end;
    }
    workers.forEach(worker -> worker.end(out));
    return since(out, from);
  }

  private static final class Rows implements Group {
    private final List<Row> rows;
    private int at = -1;

    Rows(List<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() {
      return ++at < rows.size();
    }

    @Override
    public int input() {
      return rows.get(at).input();
    }

    @Override
    public Batch batch() {
      return rows.get(at).batch();
    }

    @Override
    public int row() {
      return rows.get(at).row();
    }
  }

  private List<Batch> sort(List<Batch> batches, List<SortKey> keys) {
    List<Row> rows = new ArrayList<>();
    for (Batch batch : batches) {
      for (int i = 0; i < batch.count(); i++) {
        rows.add(new Row(new byte[0], 0, batch, batch.row(i)));
      }
    }
    rows.sort(order(keys));
    List<Batch> sorted = new ArrayList<>();
    if (rows.isEmpty()) {
      return sorted;
    }
    BatchBuilder builder = new BatchBuilder(batches.get(0).schema());
    for (Row row : rows) {
      builder.append(row.batch(), row.row());
      if (builder.isFull()) {
        sorted.add(builder.build());
      }
    }
    sorted.add(builder.build());
    return sorted;
  }

  /** Returns the order by {@code keys} and then rank. */
  private static Comparator<Row> order(List<SortKey> keys) {
    Comparator<Row> order = (a, b) -> 0;
    for (SortKey key : keys) {
      order = order.thenComparing((a, b) -> compare(a, b, key));
    }
    return order.thenComparing(
        (a, b) -> a.batch().keys().compareRank(a.row(), b.batch().keys(), b.row()));
  }

  private static int compare(Row a, Row b, SortKey key) {
    Object one = a.batch().column(a.batch().schema().indexOf(key.field())).valueAt(a.row());
    Object other = b.batch().column(b.batch().schema().indexOf(key.field())).valueAt(b.row());
    if (one == null || other == null) {
      return Boolean.compare(one == null, other == null);
    }
    int order = compare(one, other);
    return key.direction() == SortKey.Direction.ASCENDING ? order : -order;
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object one, Object other) {
    if (one instanceof String a && other instanceof String b) {
      return compare(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
    if (one instanceof byte[] a && other instanceof byte[] b) {
      return Arrays.compareUnsigned(a, b);
    }
    if (one instanceof Double a && other instanceof Double b) {
      // Both zeros are equal.
      return Double.compare(a + 0.0, b + 0.0);
    }
    return ((Comparable<Object>) one).compareTo(other);
  }

  private List<Batch> connect(Samples.Connected connected) {
    List<Batch> batches = batches(connected.input());
    Linking linking = tasks.linking(connected.task(), connected.input().schema(), run);
    Components components = new Components();
    CanonicalForm form = new CanonicalForm();
    for (Batch batch : batches) {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        String id = batch.keys().id(row).toString();
        components.add(id);
        for (int number = 0; number < linking.links(); number++) {
          if (linking.link(number, batch, row, form.reset())) {
            byte[] link = Arrays.copyOf(form.bytes(), form.length());
            components.link(id, number + ":" + Arrays.toString(link));
          }
        }
      }
    }
    List<Batch> all = new ArrayList<>();
    for (Batch batch : batches) {
      dev.quern.data.ColumnBuilder column = dev.quern.data.ColumnBuilder.of(Type.TEXT);
      for (int row = 0; row < batch.rows(); row++) {
        column.appendText(components.smallest(batch.keys().id(row).toString()));
      }
      all.add(batch.with(Field.of(connected.field(), Type.TEXT), column.build()));
    }
    return all;
  }

  private MemoryOutcome outcome(Task task) {
    return outcomes.computeIfAbsent(task.step(), step -> new MemoryOutcome());
  }

  private static List<Batch> since(MemoryOutcome out, int from) {
    return List.copyOf(out.kept().subList(from, out.kept().size()));
  }

  private List<List<Batch>> parts(List<Batch> batches) {
    List<List<Batch>> parts = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      parts.add(batches.subList(i * batches.size() / shards, (i + 1) * batches.size() / shards));
    }
    return parts;
  }

  private static Batch only(Batch batch, boolean train) {
    int[] rows = new int[batch.count()];
    int size = 0;
    for (int i = 0; i < batch.count(); i++) {
      if (batch.keys().split(batch.row(i)) == Split.TRAIN == train) {
        rows[size++] = batch.row(i);
      }
    }
    return batch.select(rows, size);
  }
}
