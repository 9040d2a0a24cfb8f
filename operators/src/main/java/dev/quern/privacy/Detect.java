package dev.quern.privacy;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.Transformation;
import dev.quern.privacy.recognise.CellText;
import dev.quern.privacy.recognise.Findings;
import dev.quern.privacy.recognise.Recognisers;
import dev.quern.privacy.recognise.own.OwnRecognisers;
import dev.quern.privacy.transform.Targets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds a field that tells where personal data stand in texts, numbers and dates, also those within
 * lists and structs; changes nothing else. See {@link Findings} for its form. Numbers and dates are
 * looked at as {@link CellText} writes them, and are findings as a whole or not at all. Every
 * finding has a score in [0, 1]: 1 where a check digit confirms it, else that of its shape, raised
 * or lowered by 0.35 by words around it and by the name of the field. Findings below {@code
 * min_score} are left out; where findings share characters, the confirmed, then the more likely,
 * then the longer one stays, and what of the other stands outside of it.
 *
 * <p>With {@code judge: fields} the samples are read twice, see {@link DetectFields}.
 *
 * <p>What is found is a rule, not a proof: not all personal data are found.
 *
 * @param fields texts, numbers, dates, lists and structs; absent: all
 * @param types what is looked for; absent: all
 * @param minScore the least score, in [0, 1]
 * @param own recognisers of the user
 * @param as the name of the field added
 */
public record Detect(
    Optional<List<String>> fields,
    Optional<List<String>> types,
    double minScore,
    Optional<OwnRecognisers> own,
    String as)
    implements Mapper {
  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "Texts, whole numbers and dates, and lists and structs that hold some, to look at;"
                      + " all by default.",
                  "要检查的文本、整数与日期字段，以及含有它们的列表与结构；默认全部。"))
          .optional();

  private static final Param<List<String>> TYPES =
      Param.texts(
              "types",
              new Localized(
                  "Types to look for, for example EMAIL, CN_ID_CARD; all by default.",
                  "要查找的类型，例如 EMAIL、CN_ID_CARD；默认全部。"))
          .optional();

  private static final Param<Double> MIN_SCORE =
      Param.fraction(
              "min_score", new Localized("Findings that score less are left out.", "得分低于此值的发现不计。"))
          .or(0.5);

  /** What is judged. */
  enum Judged {
    /** Each value by itself. */
    VALUES,
    /** Fields as a whole as well. */
    FIELDS
  }

  private static final Param<Judged> JUDGE =
      Param.choice(
              "judge",
              Judged.class,
              new Localized(
                  "values: each by itself. fields: a first pass finds fields that are of one type as a"
                      + " whole; then all of their values are findings.",
                  "values：逐个取值判断；fields：先扫描一遍，找出整体属于某一类型的字段，其全部取值都计为发现。"))
          .or(Judged.VALUES);

  private static final Param<String> AS =
      Param.text("as", new Localized("Name of the field added.", "新增字段的名称。")).or("findings");

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.detect",
          new Localized(
              "Adds a field that tells where personal data stand in texts, numbers and dates.",
              "新增字段，指出文本、数字与日期中个人信息的位置与类型。"),
          "GB 11643-1999, GB 32100-2015, ISO/IEC 7812-1, ISO 13616, E.164",
          6,
          Serving.HOST,
          List.of(FIELDS, TYPES, MIN_SCORE, OwnRecognisers.PARAM, JUDGE, AS),
          List.of(
              new Example(
                  "{judge: fields, types: [CN_MOBILE]}",
                  "[{\"t\": \"13800138000\"}, {\"t\": \"none\"}]",
                  "[{\"t\": \"13800138000\", \"findings\": [{\"field\": \"t\", \"start\": 0,"
                      + " \"end\": 11, \"type\": \"CN_MOBILE\", \"recogniser\": \"cn_mobile\","
                      + " \"score\": 0.7, \"length\": 11}]}, {\"t\": \"none\", \"findings\": []}]"),
              new Example(
                  "{fields: [t]}",
                  "[{\"t\": \"mail ann@example.org\"}, {\"t\": \"身份证11010519491231002X\"}, {\"t\":"
                      + " null}]",
                  "[{\"t\": \"mail ann@example.org\", \"findings\": [{\"field\": \"t\", \"start\": 5,"
                      + " \"end\": 20, \"type\": \"EMAIL\", \"recogniser\": \"email\", \"score\":"
                      + " 0.95, \"length\": 20}]}, {\"t\": \"身份证11010519491231002X\", \"findings\": [{\"field\":"
                      + " \"t\", \"start\": 3, \"end\": 21, \"type\": \"CN_ID_CARD\","
                      + " \"recogniser\": \"cn_id_card\", \"score\": 1.0, \"length\": 21}]}, {\"t\": null,"
                      + " \"findings\": []}]")),
          Detect::of);

  private static Transformation of(Params params) {
    Detect values =
        new Detect(
            params.find(FIELDS),
            params.find(TYPES),
            params.get(MIN_SCORE),
            params.find(OwnRecognisers.PARAM),
            params.get(AS));
    return params.get(JUDGE) == Judged.FIELDS ? new DetectFields(values) : values;
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    Set<String> read = new LinkedHashSet<>(made);
    if (read.remove(as)) {
      for (int position : positions(input)) {
        read.add(input.field(position).name());
      }
    }
    return read;
  }

  @Override
  public Schema output(Schema input) {
    checkPaths(input);
    recognisers();
    if (input.indexOf(as) >= 0) {
      throw new BindException("as", "must be a new field; found: " + as);
    }
    return input.with(Field.of(as, Findings.TYPE));
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    return new Detecting(input, positions(input), recognisers(), minScore, as, Map.of());
  }

  Recognisers recognisers() {
    Recognisers all = StandardRecognisers.with(own);
    if (types.isEmpty()) {
      return all;
    }
    List<String> known = all.types();
    types.get().forEach(type -> Targets.check("types", type, known));
    return all.where(types.get()::contains);
  }

  /** Returns the positions of the fields looked at. */
  int[] positions(Schema input) {
    return FieldChoice.orAll(
        input,
        "fields",
        fields,
        CellText.LOOKED_AT,
        field -> CellText.isIn(field.type()),
        field -> true);
  }

  /** Returns those that are values themselves and no lists or structs. */
  int[] scalars(Schema input) {
    return Arrays.stream(positions(input))
        .filter(position -> input.field(position).type().isScalar())
        .toArray();
  }

  /** A finding names its text by path: no field may have a name that is one. */
  private void checkPaths(Schema input) {
    for (int position : positions(input)) {
      String root = input.field(position).name();
      for (String name : input.names()) {
        boolean nested = !input.field(position).type().isScalar();
        if (nested && (name.startsWith(root + ".") || name.startsWith(root + "["))) {
          throw new BindException(
              "fields",
              "must hold no field that is called like a part of another; found: "
                  + name
                  + ", "
                  + root
                  + "; fix: rename one of them");
        }
      }
    }
  }
}
