package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.DoubleColumn;
import dev.quern.data.Field;
import dev.quern.data.Nulls;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import dev.quern.format.json.Json;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.score.Currency;
import dev.quern.quality.score.Dependencies;
import dev.quern.quality.score.Factor;
import dev.quern.quality.score.Given;
import dev.quern.quality.score.Outliers;
import dev.quern.quality.score.Presence;
import dev.quern.quality.score.Repetition;
import dev.quern.quality.score.Rules;
import dev.quern.quality.score.ScoreState;
import java.io.DataInput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds the score of each sample: q = Π s^w over the parts that are given a weight, in [0, 1]; 0
 * where a veto is true.
 *
 * <p>A part s lies in [0, 1] and is 1 where there is nothing to judge; see the classes of {@code
 * dev.quern.quality.score} for each. Consistency, duplicate and outlier learn from the samples
 * first. 0^w is 0, so a part that fails wholly is a veto.
 *
 * @param into name of the new field
 * @param weights weight above 0 by part
 * @param fields what completeness, duplicate and outlier look at; absent: all but identifier,
 *     subject, group and the score itself
 * @param sources what the other parts judge by
 */
public record Score(
    String into, Map<String, Double> weights, Optional<List<String>> fields, Sources sources)
    implements Fitter<ScoreState> {
  private static final double DAY = 86_400_000_000.0;

  private enum Part {
    COMPLETENESS,
    VALIDITY,
    CONSISTENCY,
    CURRENCY,
    LABEL,
    DUPLICATE,
    OUTLIER;

    String written() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String PARTS =
      "completeness, validity, consistency, currency, label, duplicate, outlier";

  private static final Param<String> INTO =
      Param.text("into", new Localized("Name of the new field.", "新字段的名称。"))
          .where("a name", name -> !name.isBlank())
          .or("quality");

  private static final Param<Map<String, String>> WEIGHTS =
      Param.textMap(
              "weights",
              Param.Kind.MAP,
              "a map from part (" + PARTS + ") to a weight above 0",
              new Localized("The parts of the score and how much each counts.", "评分的组成部分及其权重。"))
          .where(
              "a map from part (" + PARTS + ") to a weight above 0, at least one",
              weights ->
                  !weights.isEmpty() && weights.entrySet().stream().allMatch(Score::isWeight));

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "What completeness, duplicate and outlier look at; by default all but identifier,"
                      + " subject and group.",
                  "completeness、duplicate 与 outlier 所看的字段；默认为标识符、主体和分组以外的全部。"))
          .optional();

  private static final Param<List<String>> RULES =
      Param.texts(
              "rules",
              new Localized(
                  "Conditions for validity; one without an answer does not count.",
                  "validity 所用的条件；没有结果的条件不计入。"))
          .optional();

  private static final Param<List<String>> DEPENDENCIES =
      Param.texts(
              "dependencies",
              new Localized(
                  "What determines what, for consistency: \"zip -> city\", \"a, b -> c\".",
                  "consistency 所用的依赖关系：\"zip -> city\"、\"a, b -> c\"。"))
          .optional();

  private static final Param<String> LABEL_QUALITY =
      Param.field(
              "label_quality",
              new Localized(
                  "Number field with the quality of the label, in [0, 1].",
                  "存放标签质量的数值字段，取值 [0, 1]。"))
          .optional();

  private static final Param<String> EVENT_TIME =
      Param.field(
              "event_time",
              new Localized("Timestamp or date, for currency.", "currency 所用的时间戳或日期字段。"))
          .optional();

  private static final Param<String> AS_OF =
      Param.text(
              "as_of",
              new Localized(
                  "When the age is measured: a date or a timestamp in UTC.",
                  "计算时效的时刻：日期或 UTC 时间戳。"))
          .where("a date like 2026-01-31 or a timestamp like 2026-01-31T12:00:00Z", Score::isTime)
          .optional();

  private static final Param<Double> TTL =
      Param.number(
              "ttl",
              "days",
              1e-6,
              1e6,
              new Localized("Age at which currency is 0.", "currency 降为 0 时的时长。"))
          .optional();

  private static final Param<List<String>> VETO =
      Param.texts(
              "veto", new Localized("Conditions under which the score is 0.", "满足其一则评分为 0 的条件。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.score",
          new Localized(
              "Adds a score of each sample: the weighted product of what it is worth in parts.",
              "为每个样本添加评分：各部分得分的加权乘积。"),
          "weighted product of the measures of ISO/IEC 25012; Tukey 1977, Exploratory Data Analysis",
          1,
          Serving.HOST,
          List.of(
              INTO,
              WEIGHTS,
              FIELDS,
              RULES,
              DEPENDENCIES,
              LABEL_QUALITY,
              EVENT_TIME,
              AS_OF,
              TTL,
              VETO),
          List.of(
              new Example(
                  "{weights: {completeness: 2, validity: 1}, fields: [a, b], rules: [\"a > 0\"]}",
                  "[{\"a\": 1, \"b\": 1}, {\"a\": 2, \"b\": null}, {\"a\": -1, \"b\": 1}]",
                  "[{\"a\": 1, \"b\": 1, \"quality\": 1.0}, {\"a\": 2, \"b\": null, \"quality\":"
                      + " 0.25}, {\"a\": -1, \"b\": 1, \"quality\": 0.0}]"),
              new Example(
                  "{weights: {consistency: 1}, dependencies: [\"zip -> city\"], into: q}",
                  "[{\"zip\": \"1\", \"city\": \"Delft\"}, {\"zip\": \"1\", \"city\": \"Delft\"},"
                      + " {\"zip\": \"1\", \"city\": \"Dexft\"}]",
                  "[{\"zip\": \"1\", \"city\": \"Delft\", \"q\": 1.0}, {\"zip\": \"1\", \"city\":"
                      + " \"Delft\", \"q\": 1.0}, {\"zip\": \"1\", \"city\": \"Dexft\", \"q\":"
                      + " 0.0}]"),
              new Example(
                  "{weights: {duplicate: 1}, veto: [\"a = 3\"]}",
                  "[{\"a\": 1}, {\"a\": 2}, {\"a\": 1}, {\"a\": 3}]",
                  "[{\"a\": 1, \"quality\": 0.5}, {\"a\": 2, \"quality\": 1.0}, {\"a\": 1,"
                      + " \"quality\": 0.5}, {\"a\": 3, \"quality\": 0.0}]")),
          Score::of);

  /**
   * What parts judge by.
   *
   * @param rules conditions of validity
   * @param dependencies of consistency, {@code a, b -> c}
   * @param labelQuality a number field
   * @param eventTime a timestamp or date field
   * @param asOf when currency is measured
   * @param ttl days
   * @param veto conditions under which the score is 0
   */
  public record Sources(
      List<String> rules,
      List<String> dependencies,
      Optional<String> labelQuality,
      Optional<String> eventTime,
      Optional<String> asOf,
      Optional<Double> ttl,
      List<String> veto) {}

  /** Makes the operator; weights in the order of their names. */
  public Score {
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
  }

  private static Score of(Params params) {
    Map<String, Double> weights = new TreeMap<>();
    params.get(WEIGHTS).forEach((part, weight) -> weights.put(part, Double.valueOf(weight)));
    Sources sources =
        new Sources(
            params.find(RULES).orElse(List.of()),
            params.find(DEPENDENCIES).orElse(List.of()),
            params.find(LABEL_QUALITY),
            params.find(EVENT_TIME),
            params.find(AS_OF),
            params.find(TTL),
            params.find(VETO).orElse(List.of()));
    requires(weights, Part.VALIDITY, "rules", !sources.rules().isEmpty());
    requires(weights, Part.CONSISTENCY, "dependencies", !sources.dependencies().isEmpty());
    requires(weights, Part.LABEL, "label_quality", sources.labelQuality().isPresent());
    boolean times = sources.asOf().isPresent() && sources.ttl().isPresent();
    requires(
        weights,
        Part.CURRENCY,
        "event_time, as_of and ttl",
        times && sources.eventTime().isPresent());
    return new Score(params.get(INTO), weights, params.find(FIELDS), sources);
  }

  private static void requires(
      Map<String, Double> weights, Part part, String what, boolean isGiven) {
    if (weights.containsKey(part.written()) != isGiven) {
      throw new IllegalArgumentException(
          what
              + " must be given where weights name "
              + part.written()
              + ", and nowhere else; found: "
              + (isGiven ? "no weight" : "a weight alone"));
    }
  }

  private static boolean isWeight(Map.Entry<String, String> entry) {
    boolean known = false;
    for (Part part : Part.values()) {
      known |= part.written().equals(entry.getKey());
    }
    try {
      double weight = Double.parseDouble(entry.getValue());
      return known && weight > 0 && weight <= 1000;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isTime(String text) {
    try {
      micros(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static long micros(String text) {
    Instant instant =
        text.indexOf('T') < 0
            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
            : Instant.parse(text);
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  @Override
  public Schema output(Schema input) {
    if (input.indexOf(into) >= 0) {
      throw new BindException("into", "must name a new field; found: " + into);
    }
    factors(input);
    conditions(input, "veto", sources.veto());
    return input.with(Field.of(into, Type.DOUBLE));
  }

  @Override
  public ScoreState zero(Schema input, StepRun run) {
    return ScoreState.zero(factors(input), input);
  }

  @Override
  public ScoreState read(DataInput in, Schema input, StepRun run) throws IOException {
    return ScoreState.read(factors(input), in, input);
  }

  @Override
  public Fit fit(ScoreState state, Schema input) {
    Map<String, @Nullable Object> learnt = new LinkedHashMap<>();
    List<Factor> factors = factors(input);
    int next = 0;
    for (String part : weights.keySet()) {
      Map<String, @Nullable Object> one = factors.get(next).fit(state.state(next), input);
      next++;
      if (!one.isEmpty()) {
        learnt.put(part, one);
      }
    }
    return new Fit(learnt);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    List<Factor.Judging> judgings = new ArrayList<>();
    double[] exponents = weights.values().stream().mapToDouble(Double::doubleValue).toArray();
    List<Factor> factors = factors(input);
    int next = 0;
    for (String part : weights.keySet()) {
      Object learnt = fit.values().get(part);
      judgings.add(
          factors.get(next++).bind(input, learnt == null ? Map.of() : Json.object(learnt)));
    }
    List<BoundExpression> vetoes = new ArrayList<>();
    conditions(input, "veto", sources.veto())
        .forEach(veto -> vetoes.add(veto.bindCondition(input)));
    Field field = output.field(output.indexOf(into));
    return (batch, out) -> out.keep(batch.with(field, scores(batch, judgings, exponents, vetoes)));
  }

  private static DoubleColumn scores(
      Batch batch,
      List<Factor.Judging> judgings,
      double[] exponents,
      List<BoundExpression> vetoes) {
    double[] scores = new double[batch.rows()];
    for (int i = 0; i < batch.count(); i++) {
      scores[batch.row(i)] = 1;
    }
    double[] part = new double[batch.rows()];
    for (int p = 0; p < exponents.length; p++) {
      judgings.get(p).judge(batch, part);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        // StrictMath: equal bits on every machine.
        scores[row] *= exponents[p] == 1 ? part[row] : StrictMath.pow(part[row], exponents[p]);
      }
    }
    int[] refused = new int[batch.count()];
    for (BoundExpression veto : vetoes) {
      int count = veto.test(batch, refused);
      for (int i = 0; i < count; i++) {
        scores[refused[i]] = 0;
      }
    }
    return new DoubleColumn(scores, scores.length, new Nulls.Builder().build());
  }

  /** Returns the factors in the order of the weights. */
  private List<Factor> factors(Schema input) {
    List<Factor> factors = new ArrayList<>();
    for (String part : weights.keySet()) {
      factors.add(factor(Part.valueOf(part.toUpperCase(Locale.ROOT)), input));
    }
    return factors;
  }

  private Factor factor(Part part, Schema input) {
    return switch (part) {
      case COMPLETENESS -> new Presence(positions(input));
      case VALIDITY -> new Rules(conditions(input, "rules", sources.rules()));
      case CONSISTENCY -> new Dependencies(dependencies(input));
      case CURRENCY ->
          new Currency(
              FieldChoice.named(
                  input,
                  "event_time",
                  List.of(sources.eventTime().orElseThrow()),
                  "timestamps or dates",
                  Score::isTimed)[0],
              micros(sources.asOf().orElseThrow()),
              DAY * sources.ttl().orElseThrow());
      case LABEL ->
          new Given(
              FieldChoice.named(
                  input,
                  "label_quality",
                  List.of(sources.labelQuality().orElseThrow()),
                  "numbers",
                  field -> field.type().isNumber())[0]);
      case DUPLICATE -> new Repetition(positions(input));
      case OUTLIER -> new Outliers(judged(input));
    };
  }

  private static boolean isTimed(Field field) {
    return field.type().kind() == Type.Kind.TIMESTAMP || field.type().kind() == Type.Kind.DATE;
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input,
        "fields",
        fields,
        "any",
        field -> true,
        field -> !field.is(Role.IDENTIFIER) && !field.is(Role.SUBJECT) && !field.is(Role.GROUP));
  }

  private int[] judged(Schema input) {
    return java.util.Arrays.stream(positions(input))
        .filter(
            position -> {
              Type type = input.field(position).type();
              return type.isNumber() || type.kind() == Type.Kind.TEXT;
            })
        .toArray();
  }

  private static List<Expression> conditions(Schema input, String param, List<String> texts) {
    List<Expression> conditions = new ArrayList<>();
    for (String text : texts) {
      try {
        Expression condition = Expression.parse(text);
        condition.bindCondition(input);
        conditions.add(condition);
      } catch (ExpressionException e) {
        throw new BindException(param, text + ": " + e.getMessage());
      }
    }
    return conditions;
  }

  private List<Dependencies.Dependency> dependencies(Schema input) {
    List<Dependencies.Dependency> found = new ArrayList<>();
    for (String text : sources.dependencies()) {
      String[] sides = text.split("->", -1);
      if (sides.length != 2) {
        throw new BindException(
            "dependencies", "must be of the form \"a, b -> c\"; found: " + text);
      }
      List<String> from = new ArrayList<>();
      for (String name : sides[0].split(",", -1)) {
        from.add(name.strip());
      }
      found.add(
          new Dependencies.Dependency(
              FieldChoice.named(input, "dependencies", from),
              FieldChoice.position(input, "dependencies", sides[1].strip())));
    }
    return found;
  }
}
