package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.privacy.attack.Linkage;
import dev.quern.privacy.attack.ValueMatch;
import java.util.List;
import java.util.Optional;

/**
 * linkage_risk = the greatest, over people of a dataset, of 1 / candidates: how likely somebody who
 * knows these people by the fields names the right sample for one of them, at most. A sample is a
 * candidate for a person where each of its values is the person's or a generalisation of it: by a
 * hierarchy of the field, else by its looks, as an interval, a mask, a month or year, {@code *}.
 * Suppressed samples, all of whose fields are {@code *}, are left out. Parts, of all people: {@code
 * matched} have a candidate, {@code unique} have one alone, {@code expected} are found by guessing
 * (Σ 1 / candidates).
 *
 * @param fields what the attacker knows, by the same names in both datasets
 * @param known the dataset version that holds the people
 * @param coarser how values became coarser; in a recipe the steps before tell it
 */
public record LinkageRisk(List<String> fields, String known, Optional<KnownHierarchies> coarser)
    implements AttackMetric {

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.linkage_risk",
          new Localized(
              "How likely somebody who knows the people of a dataset finds one of them among the"
                  + " samples, at most.",
              "已知某数据集中的人时，在样本中找到其中一人的最大可能性。"),
          "Article 29 Working Party 2014, Opinion 05/2014 (linkability); Sweeney 2002",
          2,
          Serving.TRAINING_ONLY,
          List.of(ClassSizes.FIELDS, KNOWN, KnownHierarchies.PARAM),
          List.of(
              new Example(
                  "{fields: [age, zip], known: people}",
                  "[[{\"age\": \"[30, 40)\", \"zip\": \"816**\"}, {\"age\": \"[30, 40)\", \"zip\":"
                      + " \"816**\"}, {\"age\": \"[60, 70)\", \"zip\": \"819**\"}, {\"age\": \"*\","
                      + " \"zip\": \"*\"}], [{\"age\": 34, \"zip\": \"81667\"}, {\"age\": 38,"
                      + " \"zip\": \"81675\"}, {\"age\": 61, \"zip\": \"81925\"}, {\"age\": 20,"
                      + " \"zip\": \"10115\"}]]",
                  "{\"linkage_risk(age, zip)\": 1.0, \"linkage_risk(age, zip)[expected]\": 0.5,"
                      + " \"linkage_risk(age, zip)[unique]\": 0.25, \"linkage_risk(age,"
                      + " zip)[matched]\": 0.75}"),
              new Example(
                  "{fields: [town], known: people, hierarchies: {town: {hierarchy: [[Delft, NL,"
                      + " \"*\"], [杭州, CN, \"*\"]]}}}",
                  "[[{\"town\": \"NL\"}, {\"town\": \"NL\"}], [{\"town\": \"Delft\"}, {\"town\":"
                      + " \"杭州\"}]]",
                  "{\"linkage_risk(town)\": 0.5, \"linkage_risk(town)[expected]\": 0.25,"
                      + " \"linkage_risk(town)[unique]\": 0.0, \"linkage_risk(town)[matched]\":"
                      + " 0.5}")),
          params ->
              new LinkageRisk(
                  params.get(ClassSizes.FIELDS),
                  params.get(KNOWN),
                  params.find(KnownHierarchies.PARAM)));

  /** Makes an analyzer. */
  public LinkageRisk {
    fields = List.copyOf(fields);
  }

  @Override
  public Optional<String> hierarchies() {
    return Optional.of(KnownHierarchies.PARAM.name());
  }

  @Override
  public String metric() {
    return "linkage_risk";
  }

  @Override
  public List<Metric> metrics(
      Combinations state, Schema input, Combinations reference, Schema referenceInput) {
    List<ValueMatch> matches =
        fields.stream()
            .map(field -> coarser.map(c -> c.match(field)).orElseGet(ValueMatch::byLooks))
            .toList();
    Linkage found = Linkage.of(state.table(), reference.table(), matches);
    Optional<Double> highest =
        found.people() == 0 ? Optional.empty() : Optional.of(found.highestRisk());
    return List.of(
        Metric.exact(metric(), fields, "", highest, "fraction"),
        Metric.proportion(metric(), fields, found.expected(), found.people()).part("expected"),
        Metric.proportion(metric(), fields, found.unique(), found.people()).part("unique"),
        Metric.proportion(metric(), fields, found.matched(), found.people()).part("matched"));
  }
}
