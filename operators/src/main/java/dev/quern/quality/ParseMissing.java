package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.onnx.Domain;
import dev.quern.onnx.OnnxText;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.TextChange;
import dev.quern.operator.TextMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes texts that stand for "no value" missing.
 *
 * <p>A text is missing if it equals one of the tokens, byte by byte and in its case; by default
 * Unicode white space around it is ignored in the comparison and stays in texts that are kept. The
 * empty token stands for empty (or blank) texts. Fields that are no texts pass unchanged.
 *
 * @param tokens texts that stand for a missing value
 * @param fields text fields to look at; absent: all
 * @param match how texts are compared with tokens
 */
public record ParseMissing(List<String> tokens, Optional<List<String>> fields, Match match)
    implements Mapper {

  /** How texts are compared with tokens. */
  public enum Match {
    /** White space around the text is ignored; runs on the host at serving. */
    TRIMMED,
    /** The whole text must equal the token; becomes part of the model. */
    EXACT
  }

  private static final Param<List<String>> TOKENS =
      Param.texts("tokens", new Localized("Texts that stand for a missing value.", "表示缺失值的文本。"))
          .or(
              List.of(
                  "", "?", "-", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "none",
                  "无", "空"));

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields", new Localized("Text fields to look at; all by default.", "要处理的文本字段；默认全部。"))
          .optional();

  private static final Param<Match> MATCH =
      Param.choice(
              "match",
              Match.class,
              new Localized(
                  "trimmed ignores white space around a text; exact does not and can become part of"
                      + " the model.",
                  "trimmed 比较时忽略首尾空白；exact 不忽略，并可写入模型。"))
          .or(Match.TRIMMED);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.parse_missing",
          new Localized("Makes texts such as ? or N/A missing values.", "把 ?、N/A、无 等文本变为缺失值。"),
          "definition",
          1,
          Serving.GRAPH,
          List.of(TOKENS, FIELDS, MATCH),
          List.of(
              new Example(
                  "{}",
                  "[{\"work\": \" ? \", \"age\": 39}, {\"work\": \"无\", \"age\": 40}, {\"work\":"
                      + " \"State-gov\", \"age\": 41}]",
                  "[{\"work\": null, \"age\": 39}, {\"work\": null, \"age\": 40}, {\"work\":"
                      + " \"State-gov\", \"age\": 41}]"),
              new Example(
                  "{tokens: [unknown], fields: [a], match: exact}",
                  "[{\"a\": \"unknown\", \"b\": \"unknown\"}, {\"a\": \" unknown\", \"b\": \"\"}]",
                  "[{\"a\": null, \"b\": \"unknown\"}, {\"a\": \" unknown\", \"b\": \"\"}]")),
          params -> new ParseMissing(params.get(TOKENS), params.find(FIELDS), params.get(MATCH)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    positions(input);
    return input;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    return new TextMapping(positions(input), "missing_token", change());
  }

  @Override
  public Serving serving(Schema input, Serving declared) {
    return match == Match.EXACT ? declared : Serving.HOST;
  }

  @Override
  public void emit(GraphFields graph) {
    for (GraphFields.Value value : new ArrayList<>(graph.values().values())) {
      Field field = value.field();
      if (value.isText() && (fields.isEmpty() || fields.get().contains(field.name()))) {
        graph.set(field, withoutTokens(graph, value.tensor()));
      }
    }
  }

  private String withoutTokens(GraphFields graph, String texts) {
    String token = OnnxText.categoryIndex(graph.graph(), texts, tokens, -1);
    String none = graph.graph().constant("none", new long[] {-1});
    String isToken = graph.graph().node(Domain.STANDARD, "Greater", List.of(token, none));
    String missing = graph.graph().constant("missing", List.of(OnnxText.encode(null)), 1, 1);
    return graph.graph().node("Where", List.of(isToken, missing, texts));
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT), field -> true);
  }

  private TextChange change() {
    byte[][] known = TextMapping.utf8(tokens);
    int longest = Arrays.stream(known).mapToInt(token -> token.length).max().orElse(-1);
    Slice compared = new Slice();
    return text -> {
      compared.set(text.bytes, text.start, text.end);
      if (match == Match.TRIMMED) {
        WhiteSpace.trim(compared);
      }
      return compared.length() > longest || !contains(known, compared);
    };
  }

  private static boolean contains(byte[][] known, Slice text) {
    for (byte[] token : known) {
      if (token.length == text.length()
          && Arrays.equals(token, 0, token.length, text.bytes, text.start, text.end)) {
        return true;
      }
    }
    return false;
  }
}
