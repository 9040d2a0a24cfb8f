package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.key.Prf;
import dev.quern.key.Purpose;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.privacy.surrogate.Surrogates;
import dev.quern.privacy.transform.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces values by others of the same type, language and format: a name by a name, a number by a
 * number whose check digit holds. What a value becomes follows from the key, its type and the value
 * alone, so one person has one surrogate in all fields, files and runs under one key, and nobody
 * without the key can tell which. See {@link Surrogates}.
 *
 * <p>Names come from finite pools: two people may get one name. What tells of an issuer or a
 * network (the first digits of cards and telephones) and words that say what a part of an address
 * is stay.
 *
 * @param targets which values
 * @param type what the values of whole fields are
 * @param key where the key is found
 */
public record Surrogate(Targets targets, Optional<String> type, String key) implements Mapper {
  private static final Param<String> TYPE =
      Param.text(
              "type",
              new Localized(
                  "What the values of fields are, for example PERSON, EMAIL, PHONE; without it only"
                      + " their format is kept.",
                  "字段取值的类型，例如 PERSON、EMAIL、PHONE；未给出时只保留格式。"))
          .where("a name in capitals such as PERSON", text -> text.matches("[A-Z][A-Z0-9_]*"))
          .optional();

  private static final Param<String> KEY =
      Param.key(
          "key",
          new Localized(
              "Where the key is found: key:NAME, a keyset for prf, or env:NAME or file:PATH.",
              "密钥所在：key:NAME（用途为 prf 的密钥集），或 env:环境变量名、file:路径。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.surrogate",
          new Localized(
              "Replaces personal data by invented data of the same type and format, consistently under"
                  + " a key.",
              "用同类型、同格式的虚构数据替换个人数据；同一密钥下前后一致。"),
          "RFC 2104 (HMAC), RFC 2606 (reserved names), GB 11643-1999, ISO/IEC 7812-1",
          5,
          Serving.HOST,
          params(),
          List.of(
              new Example(
                  "{fields: [name], type: PERSON, key: \"env:QUERN_KEY\"}",
                  "[{\"name\": \"Ann Lee\"}, {\"name\": \"LEE\"}, {\"name\": null}]",
                  "[{\"name\": \"Carla Larry\"}, {\"name\": \"LARRY\"}, {\"name\": null}]"),
              new Example(
                  "{key: \"env:QUERN_KEY\"}",
                  "[{\"t\": \"call 13800138000\", \"findings\": [{\"field\": \"t\", \"start\": 5,"
                      + " \"end\": 16, \"type\": \"CN_MOBILE\"}]}]",
                  "[{\"t\": \"call 13893592745\", \"findings\": []}]")),
          params -> new Surrogate(Targets.of(params), params.find(TYPE), params.get(KEY)));

  private static List<Param<?>> params() {
    List<Param<?>> all = new ArrayList<>(Targets.PARAMS);
    all.addAll(List.of(TYPE, KEY));
    return all;
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return targets.reads(input, made);
  }

  @Override
  public Schema output(Schema input) {
    if (type.isPresent() && targets.fields().isEmpty()) {
      throw new BindException(
          "type", "must stand with fields; found: findings, which have types of their own");
    }
    type.ifPresent(
        name ->
            Targets.check("type", name, Surrogates.types(StandardRecognisers.with(targets.own()))));
    return targets.output(input, StandardRecognisers.all().types());
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    Prf prf = run.secrets().keyset(key, Purpose.PRF).prf();
    return targets.mapping(
        input,
        output,
        "surrogate",
        new Surrogates(prf::compute, StandardRecognisers.with(targets.own()), type));
  }
}
