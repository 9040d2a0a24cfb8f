package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.privacy.transform.RandomCharacters;
import dev.quern.privacy.transform.Targets;
import java.util.List;
import java.util.Set;

/**
 * Replaces each letter and digit of values by a random one of its kind (digits by digits, capitals
 * by capitals, Han characters by Han characters); signs and lengths stay. What is drawn depends on
 * the run's seed, the sample and the place, never on the value: nothing but its shape is left, and
 * equal values become different ones.
 *
 * @param targets which values
 */
public record Randomize(Targets targets) implements Mapper {

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.randomize",
          new Localized(
              "Replaces letters and digits of personal data by random ones of the same kind.",
              "把个人数据中的字母和数字替换为同类的随机字符。"),
          "ISO/IEC 20889:2018, 8.6 (randomization)",
          2,
          Serving.TRAINING_ONLY,
          Targets.PARAMS,
          List.of(
              new Example(
                  "{fields: [card]}",
                  "[{\"card\": \"A1-b2\"}, {\"card\": null}]",
                  "[{\"card\": \"T6-j3\"}, {\"card\": null}]")),
          params -> new Randomize(Targets.of(params)));

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
        input, output, "randomize", new RandomCharacters(run.run().stepSeed(run.label())));
  }
}
