package dev.quern.privacy;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.Mapping;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.Weighing;
import dev.quern.privacy.anonymity.Anonymized;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.privacy.anonymity.Hierarchy;
import dev.quern.privacy.anonymity.KAnonymity;
import dev.quern.privacy.anonymity.LatticeSearch;
import dev.quern.privacy.anonymity.Measures;
import dev.quern.privacy.anonymity.PrivacyModel;
import dev.quern.statistics.HashCounts;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Generalises quasi-identifiers until every class, the samples that share all of them, holds at
 * least k samples and, where that is asked, its sensitive values are ℓ-diverse or t-close. One
 * level per field is chosen for the whole table (global recoding): of all choices at which at most
 * the given fraction of samples lies in other classes, the one that loses least. Those samples are
 * suppressed: they are no class, their quasi-identifiers become {@code *}, or they are dropped as
 * {@code suppressed}.
 *
 * <p>Quasi-identifiers become text. A missing value is a value of its own, part of {@code *} at the
 * highest level. A sample with a value that its hierarchy does not know is suppressed. Where there
 * are splits, levels and classes are those of train, and samples of other splits that lie in none
 * of these classes are suppressed too; so steps before must not act on train alone, and {@code
 * suppressed: drop} drops in every split: no sample passes as it is. A class that holds samples of
 * several splits is k-anonymous, but only its samples of train are known to be ℓ-diverse or
 * t-close.
 *
 * <p>Memory: one entry for each distinct combination of quasi-identifiers and sensitive values (see
 * {@link Combinations}), however many samples there are.
 *
 * @param quasiIdentifiers fields and hierarchies; absent: the fields of role quasi_identifier, each
 *     value or {@code *}
 * @param k samples that share their quasi-identifiers, at least 1
 * @param sensitive fields and what is asked of their values in a class
 * @param suppression fraction of samples that may be suppressed, in [0, 1]
 * @param measure what is lost
 * @param suppressionWeight what suppression counts as a loss, 0 nothing, 1 fully
 * @param search how the levels are searched
 * @param suppressed what becomes of suppressed samples
 * @param accuracyOf a field of classes; the report tells how well the quasi-identifiers predict it
 *     before the step and behind it
 */
public record Anonymize(
    Optional<QuasiIdentifiers> quasiIdentifiers,
    long k,
    Optional<SensitiveFields> sensitive,
    double suppression,
    Measures measure,
    double suppressionWeight,
    LatticeSearch.Kind search,
    Suppressed suppressed,
    Optional<String> accuracyOf)
    implements Fitter<Combinations> {

  /** What becomes of suppressed samples. */
  public enum Suppressed {
    /** Their quasi-identifiers become {@code *}. */
    STAR,
    /** They are dropped. */
    DROP
  }

  private static final Param<Long> K =
      Param.integer(
          "k",
          "samples",
          1,
          Long.MAX_VALUE,
          new Localized(
              "Samples that share their quasi-identifiers, at least.", "共享同一组准标识符的最少样本数。"));

  private static final Param<Double> SUPPRESSION =
      Param.fraction(
              "suppression",
              new Localized("Fraction of samples that may be suppressed.", "允许抑制的样本比例。"))
          .or(0.0);

  private static final Param<Measures> MEASURE =
      Param.choice(
              "measure",
              Measures.class,
              new Localized(
                  "What is lost: entropy in bits, share of the domain, precision,"
                      + " discernibility, average class size.",
                  "信息损失度量：熵（比特）、取值范围占比、精度、可辨识度、平均类大小。"))
          .or(Measures.ENTROPY);

  private static final Param<Double> SUPPRESSION_WEIGHT =
      Param.fraction(
              "suppression_weight",
              new Localized(
                  "What suppressed samples count as a loss: 0 nothing, 1 fully.",
                  "被抑制样本计入损失的权重：0 不计，1 全计。"))
          .or(0.0);

  private static final Param<LatticeSearch.Kind> SEARCH =
      Param.choice(
              "search",
              LatticeSearch.Kind.class,
              new Localized(
                  "exact finds the best levels, greedy good ones in large lattices; auto is exact"
                      + " up to 200,000 choices.",
                  "exact 求最优层级，greedy 在大格中求较优层级；auto 在 20 万种选择以内用 exact。"))
          .or(LatticeSearch.Kind.AUTO);

  private static final Param<Suppressed> SUPPRESSED =
      Param.choice(
              "suppressed",
              Suppressed.class,
              new Localized(
                  "What becomes of suppressed samples: their quasi-identifiers become * (star), or"
                      + " they are dropped.",
                  "被抑制样本的处理：准标识符变为 *（star），或丢弃（drop）。"))
          .or(Suppressed.STAR);

  private static final Param<String> ACCURACY_OF =
      Param.field(
              "accuracy_of",
              new Localized(
                  "A field of classes (text or bool): the report tells how well a linear model"
                      + " predicts it from the quasi-identifiers before and after, by 5-fold"
                      + " cross-validation.",
                  "类别字段（文本或布尔）：报告给出线性模型由准标识符预测该字段的准确率（5 折交叉验证），处理前后对比。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.anonymize",
          new Localized(
              "Generalises quasi-identifiers until samples are k-anonymous, l-diverse or t-close.",
              "泛化准标识符，使样本满足 k-匿名、l-多样性或 t-接近性。"),
          "Samarati and Sweeney 1998; Machanavajjhala et al. 2007; Li et al. 2007; Kohlmayer et al."
              + " 2012 (Flash); Gionis and Tassa 2009 (entropy)",
          2,
          Serving.HOST,
          List.of(
              QuasiIdentifiers.PARAM,
              K,
              SensitiveFields.PARAM,
              SUPPRESSION,
              MEASURE,
              SUPPRESSION_WEIGHT,
              SEARCH,
              SUPPRESSED,
              ACCURACY_OF),
          List.of(
              new Example(
                  "{quasi_identifiers: {age: {intervals: [10, 50]}, zip: {mask: 2}}, k: 2}",
                  "[{\"age\": 34, \"zip\": \"81667\"}, {\"age\": 38, \"zip\": \"81675\"}, {\"age\":"
                      + " 61, \"zip\": \"81925\"}, {\"age\": 66, \"zip\": \"81931\"}]",
                  "[{\"age\": \"[30, 40)\", \"zip\": \"816**\"}, {\"age\": \"[30, 40)\", \"zip\":"
                      + " \"816**\"}, {\"age\": \"[60, 70)\", \"zip\": \"819**\"}, {\"age\": \"[60,"
                      + " 70)\", \"zip\": \"819**\"}]"),
              new Example(
                  "{quasi_identifiers: [city], k: 2, suppression: 0.4, suppressed: drop, sensitive:"
                      + " {ill: {l: 2}}}",
                  "[{\"city\": \"Delft\", \"ill\": \"a\"}, {\"city\": \"Delft\", \"ill\": \"b\"},"
                      + " {\"city\": \"杭州\", \"ill\": \"a\"}]",
                  "[{\"city\": \"Delft\", \"ill\": \"a\"}, {\"city\": \"Delft\", \"ill\":"
                      + " \"b\"}]")),
          params ->
              new Anonymize(
                  params.find(QuasiIdentifiers.PARAM),
                  params.get(K),
                  params.find(SensitiveFields.PARAM),
                  params.get(SUPPRESSION),
                  params.get(MEASURE),
                  params.get(SUPPRESSION_WEIGHT),
                  params.get(SEARCH),
                  params.get(SUPPRESSED),
                  params.find(ACCURACY_OF)));

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (int position : quasi(input)) {
      output = output.with(input.field(position).typed(Type.TEXT));
    }
    sensitive(input);
    return output;
  }

  @Override
  public Optional<Weighing> weighing(Schema input) {
    if (accuracyOf.isEmpty()) {
      return Optional.empty();
    }
    String target = accuracyOf.get();
    Field field = input.field(FieldChoice.position(input, ACCURACY_OF.name(), target));
    boolean classes = field.type().equals(Type.TEXT) || field.type().equals(Type.BOOL);
    List<String> quasi = names(input);
    if (!classes || quasi.contains(target)) {
      throw new BindException(
          ACCURACY_OF.name(),
          "must name a field of classes, text or bool, that is no quasi-identifier; found: "
              + target
              + (classes ? ", a quasi-identifier" : ", " + field.type()));
    }
    return Optional.of(new Weighing(target, quasi));
  }

  @Override
  public boolean costsAccuracy() {
    return true;
  }

  @Override
  public Map<String, Object> coarsens(Schema input) {
    return HierarchyRule.untold(
        quasiIdentifiers.map(QuasiIdentifiers::hierarchies).orElse(Map.of()));
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Combinations zero(Schema input, StepRun run) {
    return new Combinations(all(input));
  }

  @Override
  public Combinations read(DataInput in, Schema input, StepRun run) throws IOException {
    return Combinations.read(in, all(input));
  }

  @Override
  public Fit fit(Combinations state, Schema input) {
    CombinationTable table = state.table();
    Anonymized found =
        Anonymized.search(
                names(input),
                hierarchies(input),
                table,
                known -> models(input, known),
                measure,
                suppressionWeight,
                suppression,
                search)
            .orElseThrow(() -> none(table));
    Map<String, @Nullable Object> learnt = new LinkedHashMap<>();
    learnt.put("anonymisation", described(found));
    List<Object> levels = new ArrayList<>();
    for (int level : found.found().levels()) {
      levels.add((long) level);
    }
    learnt.put("levels", levels);
    learnt.put("kept", found.kept().encoded());
    return new Fit(learnt);
  }

  private Map<String, @Nullable Object> described(Anonymized found) {
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    described.put("k", k);
    described.put(
        "sensitive", sensitive.map(s -> List.copyOf(s.rules().keySet())).orElse(List.of()));
    described.put("measure", MEASURE.write().apply(measure));
    described.putAll(found.plain());
    return described;
  }

  private DataException none(CombinationTable table) {
    return new DataException(
        "not_anonymous",
        "privacy.anonymize must find levels at which at most "
            + suppression
            + " (fraction) of "
            + table.samples()
            + " samples are suppressed; found: none; fix: raise suppression, lower k, l or t, or"
            + " give hierarchies that know every value and end in *");
  }

  private List<PrivacyModel> models(Schema input, CombinationTable known) {
    List<PrivacyModel> models = new ArrayList<>();
    models.add(new KAnonymity(k));
    int position = quasi(input).length;
    int attribute = 0;
    for (SensitiveFields.Rule rule : sensitive.map(s -> s.rules().values()).orElse(List.of())) {
      models.addAll(rule.models(known, position++, attribute++));
    }
    return models;
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    int[] positions = quasi(input);
    int[] levels = new int[positions.length];
    if (!(fit.values().get("levels") instanceof List<?> chosen) || chosen.size() != levels.length) {
      throw new IllegalStateException("fit must hold a level for each quasi-identifier");
    }
    for (int i = 0; i < levels.length; i++) {
      levels[i] = chosen.get(i) instanceof Number level ? level.intValue() : 0;
    }
    return new Generalising(
        output,
        positions,
        hierarchies(input),
        levels,
        HashCounts.decoded(String.valueOf(fit.values().get("kept"))),
        suppressed);
  }

  private List<Hierarchy> hierarchies(Schema input) {
    return quasiIdentifiers
        .map(given -> List.copyOf(given.hierarchies().values()))
        .orElseGet(() -> Stream.generate(Hierarchy::all).limit(quasi(input).length).toList());
  }

  private List<String> names(Schema input) {
    List<String> names = new ArrayList<>();
    for (int position : quasi(input)) {
      names.add(input.field(position).name());
    }
    return names;
  }

  private int[] quasi(Schema input) {
    int[] positions =
        FieldChoice.orAll(
            input,
            QuasiIdentifiers.PARAM.name(),
            quasiIdentifiers.map(QuasiIdentifiers::fields),
            "text, numbers, bool or dates",
            field -> field.type().isScalar(),
            field -> field.is(Role.QUASI_IDENTIFIER));
    if (positions.length == 0) {
      throw new BindException(
          QuasiIdentifiers.PARAM.name(),
          "must name fields, or fields must have the role quasi_identifier; found: none");
    }
    return positions;
  }

  private int[] sensitive(Schema input) {
    List<String> names = sensitive.map(s -> List.copyOf(s.rules().keySet())).orElse(List.of());
    int[] positions =
        FieldChoice.named(
            input,
            SensitiveFields.PARAM.name(),
            names,
            "text, numbers, bool or dates",
            field -> field.type().isScalar());
    List<String> quasi = names(input);
    for (String name : names) {
      if (quasi.contains(name)) {
        throw new BindException(
            SensitiveFields.PARAM.name(),
            "must name no quasi-identifier; found: " + name + " in both");
      }
    }
    return positions;
  }

  private int[] all(Schema input) {
    return java.util.stream.IntStream.concat(
            java.util.Arrays.stream(quasi(input)), java.util.Arrays.stream(sensitive(input)))
        .toArray();
  }
}
