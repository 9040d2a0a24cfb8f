package dev.quern.trial;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Field;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Fault;
import dev.quern.engine.Folding;
import dev.quern.engine.FoundCounts;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.RunContext;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Filter;
import dev.quern.operator.FilterMapping;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Grouper;
import dev.quern.operator.Mapper;
import dev.quern.operator.Metric;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Restriction;
import dev.quern.operator.StepRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What came out of an operator: rows of values, and what was left out by the number of its row. */
public final class Tried implements Outcome {
  /** A step in a run with seed 42 whose secrets are 32 times the last byte of their reference. */
  public static final StepRun STEP =
      new StepRun(
          "step",
          new RunContext(42),
          reference -> {
            byte[] key = new byte[32];
            byte[] bytes = reference.getBytes(StandardCharsets.UTF_8);
            Arrays.fill(key, bytes[bytes.length - 1]);
            return key;
          });

  /** Rows that were kept. */
  public final List<List<@Nullable Object>> rows = new ArrayList<>();

  /** Splits of the rows that were kept. */
  public final List<Split> splits = new ArrayList<>();

  /** Dropped samples: row, reason, measured. */
  public final List<String> dropped = new ArrayList<>();

  /** Changed cells: row, field, rule, confidence. */
  public final List<String> changed = new ArrayList<>();

  /** Cells whose changes are counted only, by {@code rule(field)}. */
  public final Map<String, Long> counted = new TreeMap<>();

  /** What was found: findings, samples and mean score by {@code TYPE(field)}. */
  public final Map<String, FoundCounts> found = new TreeMap<>();

  /** Quarantined samples: row, field, fault. */
  public final List<String> quarantined = new ArrayList<>();

  /** Samples merged into others. */
  public long merged;

  /** Fields of the rows. */
  public Schema schema = new Schema(List.of());

  /** What was learnt. */
  public Map<String, @Nullable Object> learnt = Map.of();

  private final Map<Long, List<@Nullable Object>> byRank = new TreeMap<>();

  /** Returns the operator that a recipe would make of {@code params}: name, value, name, value. */
  public static <T extends Operator> T operator(
      Class<T> kind, OperatorSpec spec, @Nullable Object... params) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    for (int i = 0; i < params.length; i += 2) {
      given.put((String) params[i], params[i + 1]);
    }
    List<Params.Problem> problems = new ArrayList<>();
    Params read =
        Params.read(spec.params(), given, problems)
            .orElseThrow(() -> new IllegalArgumentException(problems.toString()));
    return kind.cast(spec.create().apply(read));
  }

  /** Returns a schema of name, type, name, type. */
  public static Schema schema(Object... fields) {
    List<Field> all = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      all.add(Field.of((String) fields[i], (Type) fields[i + 1]));
    }
    return new Schema(all);
  }

  /** Returns samples of {@code schema}; their rank is their row. */
  public static Batch batch(Schema schema, @Nullable Object[]... rows) {
    BatchBuilder builder = new BatchBuilder(schema);
    for (int row = 0; row < rows.length; row++) {
      SampleId id = SampleId.of("trial", "", row, 0);
      builder.keys().append(id.high(), id.low(), 0, row, 0, Split.NONE.code());
      for (int i = 0; i < schema.size(); i++) {
        builder.column(i).appendValue(rows[row][i]);
      }
    }
    return builder.build();
  }

  /** Returns samples of one field. */
  public static Batch column(String name, Type type, @Nullable Object... values) {
    @Nullable Object[][] rows = new Object[values.length][];
    for (int i = 0; i < values.length; i++) {
      rows[i] = new @Nullable Object[] {values[i]};
    }
    return batch(schema(name, type), rows);
  }

  /** Returns {@code batch} with the splits of its rows. */
  public static Batch in(Batch batch, Split... splits) {
    byte[] codes = new byte[batch.rows()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = splits[i % splits.length].code();
    }
    return batch.with(batch.keys().withSplits(codes));
  }

  /** Maps {@code batch}. */
  public static Tried map(Mapper mapper, Batch batch) {
    Schema output = mapper.output(batch.schema());
    return tried(mapper.bind(batch.schema(), output, STEP), batch, output);
  }

  /** Filters {@code batch}. */
  public static Tried filter(Filter filter, Batch batch) {
    filter.check(batch.schema());
    return tried(new FilterMapping(filter.bind(batch.schema(), STEP)), batch, batch.schema());
  }

  /** Fits on {@code batch} and maps it. */
  public static Tried fit(Fitter<?> fitter, Batch batch) {
    return fit(fitter, batch, batch);
  }

  /** Fits on {@code over} and maps {@code batch}; the fit is written and read in between. */
  public static Tried fit(Fitter<?> fitter, Batch over, Batch batch) {
    return fitted(fitter, over, batch);
  }

  private static <A extends Accumulator<A>> Tried fitted(
      Fitter<A> fitter, Batch over, Batch batch) {
    Schema output = fitter.output(batch.schema());
    A state = fitter.zero(over.schema(), STEP);
    state.add(over);
    Fit fit = fitter.fit(state, over.schema());
    Fit stored = new Fit(Json.parseObject(Json.write(fit.values())));
    Tried tried = tried(fitter.bind(batch.schema(), output, stored, STEP), batch, output);
    tried.learnt = stored.values();
    return tried;
  }

  /** Returns the metrics of {@code batch}, written = value. */
  public static <A extends Accumulator<A>> List<String> metrics(Analyzer<A> analyzer, Batch batch) {
    List<String> written = new ArrayList<>();
    for (Metric metric : measured(analyzer, batch)) {
      written.add(metric.written() + " = " + metric.value().map(String::valueOf).orElse("none"));
    }
    return written;
  }

  /** Returns the metrics of {@code batch}, which is folded in two parts, written and merged. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public static <A extends Accumulator<A>> List<Metric> measured(
      Analyzer<A> analyzer, Batch batch) {
    Restriction.check(analyzer, batch.schema());
    Folding folding = Restriction.folding(analyzer, batch.schema(), STEP);
    int half = batch.count() / 2;
    int[] rows = new int[batch.count()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = batch.row(i);
    }
    Accumulator whole = folding.zero();
    Accumulator other = folding.zero();
    whole.add(batch.select(Arrays.copyOfRange(rows, half, rows.length), rows.length - half));
    other.add(batch.select(Arrays.copyOf(rows, half), half));
    try {
      whole.merge(stored(folding, other));
      A collected = (A) Restriction.collected(stored(folding, whole));
      return analyzer.metrics(collected, batch.schema());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Accumulator<?> stored(Folding folding, Accumulator<?> state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return folding.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  /** Groups {@code inputs}, which come in the order in which the grouping sees them. */
  public static Tried group(Grouper grouper, Schema output, Batch... inputs) {
    List<Schema> schemas = Arrays.stream(inputs).map(Batch::schema).toList();
    Grouping grouping = grouper.bind(schemas, output, STEP);
    Map<String, List<int[]>> groups = new TreeMap<>();
    CanonicalForm form = new CanonicalForm();
    for (int input = 0; input < inputs.length; input++) {
      for (int row = 0; row < inputs[input].rows(); row++) {
        grouping.key(input, inputs[input], row, form.reset());
        String key = Arrays.toString(Arrays.copyOf(form.bytes(), form.length()));
        groups.computeIfAbsent(key, k -> new ArrayList<>()).add(new int[] {input, row});
      }
    }
    Tried tried = new Tried();
    tried.schema = output;
    groups.values().forEach(group -> grouping.group(new Members(group, inputs), tried));
    grouping.end(tried);
    tried.rows.clear();
    tried.rows.addAll(tried.byRank.values());
    return tried;
  }

  private record Cursor(int[] at) {}

  private static final class Members implements Group {
    private final List<int[]> members;
    private final Batch[] inputs;
    private final Cursor cursor = new Cursor(new int[] {-1});

    Members(List<int[]> members, Batch[] inputs) {
      this.members = members;
      this.inputs = inputs;
    }

    @Override
    public boolean next() {
      return ++cursor.at()[0] < members.size();
    }

    @Override
    public int input() {
      return members.get(cursor.at()[0])[0];
    }

    @Override
    public Batch batch() {
      return inputs[input()];
    }

    @Override
    public int row() {
      return members.get(cursor.at()[0])[1];
    }
  }

  private static Tried tried(Mapping mapping, Batch batch, Schema output) {
    Tried tried = new Tried();
    tried.schema = output;
    mapping.map(batch, tried);
    return tried;
  }

  /** Returns the values of the first field. */
  public List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    rows.forEach(row -> values.add(row.get(0)));
    return values;
  }

  @Override
  public void keep(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int f = 0; f < batch.schema().size(); f++) {
        values.add(batch.column(f).valueAt(batch.row(i)));
      }
      rows.add(values);
      splits.add(batch.keys().split(batch.row(i)));
      byRank.put(batch.keys().position(batch.row(i)), values);
    }
  }

  @Override
  public void created(long samples) {}

  @Override
  public void merged(long samples) {
    merged += samples;
  }

  @Override
  public void change(
      Batch before, int row, String field, String rule, double confidence, @Nullable Object after) {
    changed.add(before.keys().position(row) + " " + field + " " + rule + " " + confidence);
  }

  @Override
  public void changed(String field, String rule, long cells) {
    if (cells > 0) {
      counted.merge(rule + "(" + field + ")", cells, Long::sum);
    }
  }

  @Override
  public void found(String field, String type, FoundCounts counts) {
    found.merge(type + "(" + field + ")", counts, FoundCounts::plus);
  }

  @Override
  public void drop(Batch batch, int row, String reason, double measured) {
    dropped.add(batch.keys().position(row) + " " + reason + " " + measured);
  }

  @Override
  public void quarantine(Batch batch, int row, String field, Fault fault) {
    quarantined.add(batch.keys().position(row) + " " + field + " " + fault);
  }

  @Override
  public void quarantine(Place place, String field, Fault fault, byte[] raw) {
    quarantined.add(place.position() + " " + field + " " + fault);
  }
}
