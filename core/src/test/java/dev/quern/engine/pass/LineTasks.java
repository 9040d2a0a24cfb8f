package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Fault;
import dev.quern.engine.Folding;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.InputFile;
import dev.quern.engine.Linking;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.engine.Task;
import dev.quern.engine.TaskResolver;
import dev.quern.engine.Writing;
import java.io.BufferedWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Small operators over lines, enough to prove every verb. */
final class LineTasks implements TaskResolver {
  static final Schema SCHEMA =
      Schema.of(
          Field.of("key", Type.TEXT), Field.of("value", Type.LONG), Field.of("body", Type.TEXT));
  static final Schema COUNTED = Schema.of(Field.of("key", Type.TEXT), Field.of("n", Type.LONG));

  final AtomicLong morselsRead = new AtomicLong();
  private final List<Path> files;

  /** The mapping {@code stop} fails on its call with this number, counted over all threads. */
  final AtomicLong stopAt = new AtomicLong(Long.MAX_VALUE);

  private final AtomicLong calls = new AtomicLong();

  LineTasks(List<Path> files) {
    this.files = files;
  }

  static Task task(String operator) {
    return task(operator, Task.Scope.ALL);
  }

  static Task task(String operator, Task.Scope scope) {
    return new Task("01." + operator, operator, 1, "{}", scope, Optional.empty());
  }

  @Override
  public List<InputFile> files(Task task, Source source) {
    return List.of();
  }

  @Override
  public Reading reading(
      Task task, Source source, List<InputFile> files, Schema schema, RunContext run) {
    return new LineReading(
        source, source.number() == 0 ? this.files : this.files.subList(0, 1), schema, morselsRead);
  }

  @Override
  public Mapping mapping(Task task, Schema input, Schema output, RunContext run) {
    return switch (task.operator()) {
      case "drop_odd" -> LineTasks::dropOdd;
      case "upper" -> LineTasks::upper;
      case "mend_odd" -> LineTasks::mendOdd;
      case "children" -> LineTasks::children;
      case "lossy" -> (batch, out) -> out.keep(batch.select(new int[0], 0));
      case "faulty" ->
          (batch, out) -> {
            int[] rows = new int[batch.count()];
            int kept = 0;
            for (int i = 0; i < batch.count(); i++) {
              int row = batch.row(i);
              if (!batch.column(1).isNull(row) && batch.column(1).longAt(row) % 7 == 0) {
                out.quarantine(batch, row, "value", Fault.of("seven", "no multiple of 7"));
              } else {
                rows[kept++] = row;
              }
            }
            out.keep(batch.select(rows, kept));
          };
      case "stop" ->
          (batch, out) -> {
            if (calls.incrementAndGet() == stopAt.get()) {
              throw new IllegalStateException("planted failure");
            }
            out.keep(batch);
          };
      default -> throw new IllegalArgumentException(task.operator());
    };
  }

  /** Tells of a change of every odd value, although it leaves it. */
  private static void mendOdd(Batch batch, Outcome out) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (batch.column(1).longAt(row) % 2 != 0) {
        out.change(batch, row, "value", "odd", 0.5, 7L);
      }
    }
    out.keep(batch);
  }

  private static void dropOdd(Batch batch, Outcome out) {
    int[] rows = new int[batch.count()];
    int kept = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      boolean odd = !batch.column(1).isNull(row) && (batch.column(1).longAt(row) & 1) == 1;
      if (odd) {
        out.drop(batch, row, "odd", batch.column(1).longAt(row));
      } else {
        rows[kept++] = row;
      }
    }
    out.keep(batch.select(rows, kept));
  }

  private static void upper(Batch batch, Outcome out) {
    ColumnBuilder bodies = ColumnBuilder.of(Type.TEXT);
    for (int row = 0; row < batch.rows(); row++) {
      bodies.appendText(batch.column(2).textAt(row).toUpperCase(Locale.ROOT));
    }
    out.keep(batch.with(Field.of("body", Type.TEXT), bodies.build()));
  }

  private static void children(Batch batch, Outcome out) {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    Hash128 scratch = new Hash128();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      out.merged(1);
      long children = batch.column(1).isNull(row) ? 0 : batch.column(1).longAt(row) & 3;
      for (int child = 0; child < children; child++) {
        builder.keys().appendChild(batch.keys(), row, child, scratch);
        builder.column(0).append(batch.column(0), row);
        builder.column(1).appendLong(child);
        builder.column(2).append(batch.column(2), row);
        out.created(1);
      }
    }
    out.keep(builder.build());
  }

  @Override
  public Folding folding(Task task, Schema input, RunContext run) {
    return new Folding() {
      @Override
      public Accumulator<?> zero() {
        return new Counts();
      }

      @Override
      public Accumulator<?> read(DataInput in) throws IOException {
        Counts counts = new Counts();
        in.readByte();
        counts.samples = in.readLong();
        counts.sum = in.readLong();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
          counts.byKey.put(in.readUTF(), in.readLong());
        }
        return counts;
      }
    };
  }

  /** Counts, sum of values and counts by key. */
  static final class Counts implements Accumulator<Counts> {
    long samples;
    long sum;
    final Map<String, Long> byKey = new TreeMap<>();

    @Override
    public void add(Batch batch) {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        samples++;
        if (!batch.column(1).isNull(row)) {
          sum += batch.column(1).longAt(row);
        }
        byKey.merge(batch.column(0).textAt(row), 1L, Long::sum);
      }
    }

    @Override
    public void merge(Counts other) {
      samples += other.samples;
      sum += other.sum;
      other.byKey.forEach((key, n) -> byKey.merge(key, n, Long::sum));
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeByte(1);
      out.writeLong(samples);
      out.writeLong(sum);
      out.writeInt(byKey.size());
      for (Map.Entry<String, Long> entry : byKey.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeLong(entry.getValue());
      }
    }
  }

  @Override
  public Grouping grouping(Task task, List<Schema> inputs, Schema output, RunContext run) {
    return switch (task.operator()) {
      case "keep_first" -> new KeepFirst();
      case "count" -> new CountGroups(output);
      default -> throw new IllegalArgumentException(task.operator());
    };
  }

  /** Keeps the first sample of each key and drops the others. */
  private static final class KeepFirst implements Grouping {
    @Override
    public void key(int input, Batch batch, int row, CanonicalForm key) {
      key.put(batch.column(0), row);
    }

    @Override
    public void group(Group group, Outcome out) {
      boolean first = true;
      while (group.next()) {
        if (first) {
          out.keep(group.batch().select(new int[] {group.row()}, 1));
        } else {
          out.drop(group.batch(), group.row(), "duplicate", Double.NaN);
        }
        first = false;
      }
    }

    @Override
    public void end(Outcome out) {}
  }

  /**
   * Makes one sample of each key: how many samples of input 0 it has, plus a thousand for each one
   * of input 1. Holds results until a batch is full.
   */
  private static final class CountGroups implements Grouping {
    private final BatchBuilder builder;

    CountGroups(Schema output) {
      this.builder = new BatchBuilder(output);
    }

    @Override
    public void key(int input, Batch batch, int row, CanonicalForm key) {
      key.put(batch.column(0), row);
    }

    @Override
    public void group(Group group, Outcome out) {
      long n = 0;
      while (group.next()) {
        if (n == 0) {
          builder.keys().append(group.batch().keys(), group.row());
          builder.column(0).append(group.batch().column(0), group.row());
        }
        n += group.input() == 0 ? 1 : 1000;
        out.merged(1);
      }
      builder.column(1).appendLong(n);
      out.created(1);
      if (builder.isFull()) {
        out.keep(builder.build());
      }
    }

    @Override
    public void end(Outcome out) {
      out.keep(builder.build());
    }
  }

  /** Links samples by key and by body. */
  @Override
  public Linking linking(Task task, Schema input, RunContext run) {
    return new Linking() {
      @Override
      public int links() {
        return 2;
      }

      @Override
      public boolean link(int number, Batch batch, int row, CanonicalForm link) {
        link.put(batch.column(2 * number), row);
        return number == 0 || batch.column(2).textAt(row).length() > 2;
      }
    };
  }

  @Override
  public Writing writing(Task task, Schema input, RunContext run) {
    return new Writing() {
      @Override
      public String ending() {
        return ".lines";
      }

      @Override
      public Output open(Path path) throws IOException {
        BufferedWriter out = Files.newBufferedWriter(path);
        return new Output() {
          @Override
          public void write(Batch batch) throws IOException {
            if (task.operator().equals("full")) {
              throw new IOException(path + ": No space left on device");
            }
            for (int i = 0; i < batch.count(); i++) {
              out.write(LineData.text(batch, batch.row(i)));
              out.write('\n');
            }
          }

          @Override
          public void close() throws IOException {
            out.close();
          }
        };
      }
    };
  }
}
