package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.TextCounts;
import dev.quern.text.ValueWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Profiles every field in one pass: samples, missing, distinct, extrema, mean, deviation,
 * quantiles, histogram, frequent values.
 *
 * <p>Numbers are described by their values, timestamps in µs and dates in days since 1970, bools as
 * 0 and 1, texts by their length in code points, bytes by their length in bytes. Distinct counts
 * are exact up to 4,096 and estimated above, quantiles and histograms are estimates of relative
 * error 0.8 % (see {@code LogHistogram}). Frequent values are given for texts of at most 4,096
 * distinct values, where at least 5 samples share the value and the field is neither sensitive nor
 * an identifier. Of a label also the samples of each value in each split ({@code label_train} …).
 */
public record Profile() implements Analyzer<Profile.State> {
  private static final long SHARED = 5;
  private static final int FREQUENT = 10;
  private static final int LABELS = 100;
  private static final int BINS = 20;

  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.profile",
          new Localized(
              "Profiles every field: missing, distinct, extrema, mean, quantiles, histogram,"
                  + " frequent values.",
              "统计每个字段：缺失、不同值、极值、均值、分位数、直方图与高频值。"),
          "definition",
          2,
          Serving.TRAINING_ONLY,
          List.of(),
          List.of(
              new Example(
                  "{}",
                  "[{\"a\":1},{\"a\":3},{\"a\":null}]",
                  "{\"samples(a)\":3,\"missing(a)\":1,\"distinct(a)\":2,\"min(a)\":1,\"max(a)\":3,"
                      + "\"mean(a)\":2}")),
          params -> new Profile());

  /** The profiles of all fields. */
  public static final class State implements Accumulator<State> {
    private final List<FieldProfile> fields;

    private State(List<FieldProfile> fields) {
      this.fields = fields;
    }

    @Override
    public void add(Batch batch) {
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).add(batch, batch.column(i));
      }
    }

    @Override
    public void merge(State other) {
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).merge(other.fields.get(i));
      }
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeByte(2);
      for (FieldProfile field : fields) {
        field.write(out);
      }
    }
  }

  @Override
  public void check(Schema input) {}

  @Override
  public State zero(Schema input, StepRun run) {
    return new State(new ArrayList<>(input.fields().stream().map(FieldProfile::new).toList()));
  }

  @Override
  public State read(DataInput in, Schema input, StepRun run) throws IOException {
    int version = in.readUnsignedByte();
    if (version != 2) {
      throw new IOException("profile: version of the state must be 2; found: " + version);
    }
    List<FieldProfile> fields = new ArrayList<>();
    for (int i = 0; i < input.size(); i++) {
      fields.add(FieldProfile.read(in, input.field(i)));
    }
    return new State(fields);
  }

  @Override
  public List<Metric> metrics(State state, Schema input) {
    List<Metric> metrics = new ArrayList<>();
    for (FieldProfile field : state.fields) {
      describe(field, metrics);
    }
    return metrics;
  }

  private static void describe(FieldProfile profile, List<Metric> metrics) {
    List<String> name = List.of(profile.field.name());
    long present = profile.samples - profile.missing;
    metrics.add(exact("samples", name, profile.samples));
    metrics.add(exact("missing", name, profile.missing));
    metrics.add(
        new Metric(
            "distinct",
            name,
            "",
            Optional.of(profile.distinct.value()),
            profile.distinct.value(),
            1,
            Metric.Basis.RULE,
            "values",
            profile.distinct.isExact() ? Metric.Precision.EXACT : Metric.Precision.ESTIMATED));
    Type.Kind kind = profile.field.type().kind();
    if (present == 0 || kind == Type.Kind.LIST || kind == Type.Kind.STRUCT) {
      return;
    }
    boolean hidden =
        profile.field.is(Role.SENSITIVE)
            || profile.field.is(Role.IDENTIFIER)
            || profile.field.is(Role.SUBJECT);
    if (!hidden) {
      labels(profile, name, metrics);
    }
    metrics.add(value("min", name, profile.min));
    metrics.add(value("max", name, profile.max));
    metrics.add(value("mean", name, profile.moments.mean()));
    metrics.add(value("deviation", name, profile.moments.deviation()));
    for (double fraction : new double[] {0.05, 0.25, 0.5, 0.75, 0.95}) {
      metrics.add(
          estimate("quantile", name, ValueWriter.number(fraction), quantile(profile, fraction)));
    }
    histogram(profile, name, metrics);
    if (profile.categories != null && kind == Type.Kind.TEXT && !hidden) {
      profile.categories.top(
          FREQUENT,
          (bytes, start, end, count) -> {
            if (count >= SHARED) {
              String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
              metrics.add(part("top_values", name, text, count));
            }
          });
    }
  }

  /** How often each label stands in each split, of labels that enough samples share. */
  private static void labels(FieldProfile profile, List<String> name, List<Metric> metrics) {
    TextCounts all = new TextCounts();
    profile.labels.forEach(all::merge);
    for (int code = 0; code < profile.labels.size(); code++) {
      String metric = "label_" + Split.of((byte) code).written();
      TextCounts counts = profile.labels.get(code);
      all.top(
          LABELS,
          (bytes, start, end, count) -> {
            if (count >= SHARED && counts.total() > 0) {
              long here = counts.count(bytes, start, end);
              metrics.add(part(metric, name, profile.label(bytes, start, end), here));
            }
          });
    }
  }

  private static double quantile(FieldProfile profile, double fraction) {
    double estimate = profile.histogram.quantile(fraction);
    return Math.max(profile.min, Math.min(profile.max, estimate));
  }

  /** Equal bins between the extrema; a part is named by its lower end. */
  private static void histogram(FieldProfile profile, List<String> name, List<Metric> metrics) {
    double width = (profile.max - profile.min) / BINS;
    if (!(width > 0) || Double.isInfinite(width)) {
      return;
    }
    long[] bins = new long[BINS];
    profile.histogram.forEach(
        (middle, count) -> {
          int bin = (int) ((middle - profile.min) / width);
          bins[Math.max(0, Math.min(BINS - 1, bin))] += count;
        });
    for (int i = 0; i < BINS; i++) {
      metrics.add(
          estimate("histogram", name, ValueWriter.number(profile.min + i * width), bins[i]));
    }
  }

  private static Metric exact(String metric, List<String> field, long samples) {
    return Metric.exact(metric, field, "", Optional.of((double) samples), "samples");
  }

  private static Metric value(String metric, List<String> field, double value) {
    return Metric.exact(metric, field, "", Optional.of(value), "value");
  }

  private static Metric part(String metric, List<String> field, String part, long samples) {
    return Metric.exact(metric, field, part, Optional.of((double) samples), "samples");
  }

  private static Metric estimate(String metric, List<String> field, String part, double value) {
    return new Metric(
        metric,
        field,
        part,
        Optional.of(value),
        value,
        1,
        Metric.Basis.RULE,
        "value",
        Metric.Precision.ESTIMATED);
  }
}
