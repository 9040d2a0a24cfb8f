package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.privacy.transform.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Replaces values by a fixed text: what findings name, or fields as a whole. In the text {@code
 * {type}} stands for the type of the finding, {@code FIELD} where a field is named. Missing stays
 * missing.
 *
 * @param targets which values
 * @param with the text; may be empty
 */
public record Redact(Targets targets, String with) implements Mapper {
  private static final String TYPE = "{type}";

  private static final Param<String> WITH =
      Param.text(
              "with",
              new Localized(
                  "What stands in place of a value; {type} becomes the type of the finding.",
                  "替换后的文本；{type} 表示检测类型。"))
          .or("<" + TYPE + ">");

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.redact",
          new Localized(
              "Replaces personal data that was found, or whole fields, by a fixed text.",
              "用固定文本替换检测到的个人数据或整个字段。"),
          "ISO/IEC 20889:2018, 8.3 (suppression)",
          2,
          Serving.HOST,
          params(),
          List.of(
              new Example(
                  "{types: [EMAIL]}",
                  "[{\"t\": \"a@b.org 李雷\", \"findings\": [{\"field\": \"t\", \"start\": 0, \"end\": 7,"
                      + " \"type\": \"EMAIL\"}, {\"field\": \"t\", \"start\": 8, \"end\": 10, \"type\":"
                      + " \"PERSON\"}]}]",
                  "[{\"t\": \"<EMAIL> 李雷\", \"findings\": [{\"field\": \"t\", \"start\": 8, \"end\": 10,"
                      + " \"type\": \"PERSON\"}]}]"),
              new Example(
                  "{fields: [name], with: \"***\"}",
                  "[{\"name\": \"Ann\", \"x\": 1}, {\"name\": null, \"x\": 2}]",
                  "[{\"name\": \"***\", \"x\": 1}, {\"name\": null, \"x\": 2}]")),
          params -> new Redact(Targets.of(params), params.get(WITH)));

  private static List<Param<?>> params() {
    List<Param<?>> all = new ArrayList<>(Targets.PARAMS);
    all.add(WITH);
    return all;
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return targets.reads(input, made);
  }

  @Override
  public Schema output(Schema input) {
    return targets.output(input, StandardRecognisers.all().types());
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    return targets.mapping(
        input, output, "redact", (type, value, place) -> with.replace(TYPE, type));
  }
}
