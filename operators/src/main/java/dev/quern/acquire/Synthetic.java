package dev.quern.acquire;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.Attempts;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.expression.ExpressionException;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Reader;
import dev.quern.operator.Serving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes samples: each field by a generator or by an expression over earlier fields, in which
 * generators may stand. Equal seeds, source names and fields give equal samples on any machine.
 *
 * <p>Generators: {@code sequence()} 0, 1, 2 …; {@code uniform(a, b)} double in [a, b); {@code
 * integer(a, b)} long in [a, b]; {@code normal(mean, deviation)} double; {@code choice(a|b|c)}
 * text; {@code date(from, to)} date in [from, to]. A constant is an expression: {@code 5}, {@code
 * 'x'}.
 *
 * @param samples how many
 * @param fields how each field is made, in order
 */
public record Synthetic(long samples, Map<String, String> fields) implements Reader {
  private static final Param<Long> SAMPLES =
      Param.integer(
          "samples",
          "samples",
          0,
          1L << 40,
          new Localized("How many samples to make.", "要生成的样本数。"));
  private static final Param<Map<String, String>> FIELDS =
      Param.textMap(
              "fields",
              Param.Kind.MAP,
              "a map from field name to a generator or an expression over earlier fields",
              new Localized(
                  "How each field is made: "
                      + Generator.NAMES
                      + ", or an expression over earlier fields in which these may stand.",
                  "每个字段的生成方式：" + Generator.NAMES + "，或由前面字段和这些生成器组成的表达式。"))
          .where(
              "a map from field name to " + Generator.NAMES + " or an expression with them",
              Synthetic::areFormulas);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "acquire.synthetic",
          new Localized(
              "Makes samples from a seed by generators and expressions.", "按种子用生成器和表达式生成样本。"),
          "Normal numbers: Box and Muller 1958, doi:10.1214/aoms/1177706645; the rest: definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(SAMPLES, FIELDS),
          List.of(
              new Example(
                  "{samples: 2, fields: {n: sequence(), double: 2*n}}",
                  "[]",
                  "[{\"n\": 0, \"double\": 0}, {\"n\": 1, \"double\": 2}]")),
          params -> new Synthetic(params.get(SAMPLES), params.get(FIELDS)));

  public Synthetic {
    fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  private static boolean areFormulas(Map<String, String> fields) {
    fields.forEach(Formula::parse);
    return !fields.isEmpty() && !fields.containsKey("");
  }

  @Override
  public List<InputFile> files(Source source, Consumer<Attempts> attempts) {
    return List.of();
  }

  @Override
  public Schema infer(Source source, List<InputFile> files) {
    List<Field> made = new ArrayList<>();
    for (Formula formula : formulas()) {
      try {
        made.add(Field.of(formula.field(), formula.type(new Schema(made))));
      } catch (ExpressionException e) {
        throw new BindException(
            "fields", formula.field() + ": must use earlier fields only; " + e.getMessage());
      }
    }
    return new Schema(made);
  }

  @Override
  public Reading bind(Source source, List<InputFile> files, Schema schema, RunContext run) {
    return new SyntheticReading(source, samples, formulas(), schema, run);
  }

  private List<Formula> formulas() {
    List<Formula> formulas = new ArrayList<>();
    fields.forEach((field, text) -> formulas.add(Formula.parse(field, text)));
    return formulas;
  }
}
