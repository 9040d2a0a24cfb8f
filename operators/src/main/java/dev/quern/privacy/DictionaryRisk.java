package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.privacy.attack.Dictionary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * dictionary_risk = inverted pseudonyms / pseudonyms, different ones: what falls to somebody
 * without a key who puts the values of a dataset's field of the same name through plain hashes, see
 * {@link Dictionary}. Parts: {@code samples}, the fraction of samples with an inverted pseudonym,
 * and the fraction inverted by each hash, {@code plain} where it is the value itself.
 *
 * @param field the pseudonyms
 * @param known the dataset version that holds the candidates
 */
public record DictionaryRisk(String field, String known) implements AttackMetric {
  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field of pseudonyms.", "假名所在的字段。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.dictionary_risk",
          new Localized(
              "The fraction of pseudonyms that somebody without a key inverts by hashing the values"
                  + " of a dataset.",
              "无密钥者通过对某数据集的取值求哈希而还原的假名比例。"),
          "Article 29 Working Party 2014, Opinion 05/2014, 4 (pseudonymisation)",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, KNOWN),
          List.of(
              new Example(
                  "{field: id, known: people}",
                  "[[{\"id\": \"187ef4436122d1cc2f40dc2b92f0eba0\"}, {\"id\": \"eve\"}, {\"id\":"
                      + " \"ff4ddabab7cfe235aa8d7fbb91005db6\"}, {\"id\": null}], [{\"id\":"
                      + " \"ab\"}, {\"id\": \"Eve\"}, {\"id\": \"ann\"}]]",
                  "{\"dictionary_risk(id)\": 0.6666666666666666, \"dictionary_risk(id)[samples]\":"
                      + " 0.6666666666666666, \"dictionary_risk(id)[MD5]\": 0.3333333333333333,"
                      + " \"dictionary_risk(id)[plain]\": 0.3333333333333333}")),
          params -> new DictionaryRisk(params.get(FIELD), params.get(KNOWN)));

  @Override
  public List<String> fields() {
    return List.of(field);
  }

  @Override
  public String metric() {
    return "dictionary_risk";
  }

  @Override
  public List<Metric> metrics(
      Combinations state, Schema input, Combinations reference, Schema referenceInput) {
    CombinationTable table = state.table();
    Map<String, Long> pseudonyms = new HashMap<>();
    long samples = 0;
    for (int row = 0; row < table.size(); row++) {
      String value = table.values(row).get(0);
      if (value != null) {
        pseudonyms.put(value, table.counts()[row]);
        samples += table.counts()[row];
      }
    }
    Dictionary attack = new Dictionary(pseudonyms);
    for (String candidate : reference.table().domains()[0]) {
      if (candidate != null) {
        attack.attack(candidate);
      }
    }
    List<Metric> metrics = new ArrayList<>();
    metrics.add(share(attack.inverted(), pseudonyms.size()));
    metrics.add(share(attack.invertedSamples(), samples).part("samples"));
    attack
        .invertedBy()
        .forEach((way, count) -> metrics.add(share(count, pseudonyms.size()).part(way)));
    return metrics;
  }

  private Metric share(double found, double all) {
    return Metric.proportion(metric(), fields(), found, all);
  }
}
