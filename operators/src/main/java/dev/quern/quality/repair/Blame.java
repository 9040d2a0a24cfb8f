package dev.quern.quality.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cells of a row that explain the dependencies it breaks.
 *
 * <p>A broken dependency accuses the cells on both sides, one that holds speaks for them. The cell
 * accused most is taken and its dependencies are set aside, until none is broken. Where two cells
 * are accused alike, both are doubtful.
 */
final class Blame {
  private final List<Dependency> dependencies;

  private final List<Template> templates;

  Blame(List<Dependency> dependencies, List<Template> templates) {
    this.dependencies = dependencies;
    this.templates = templates;
  }

  private record Broken(Dependency dependency, Dependency.Group group) {}

  /**
   * Adds what is wrong in {@code row}.
   *
   * @return how many dependencies speak for each cell
   */
  double[] judge(@Nullable String[] row, List<Finding> findings) {
    List<Broken> broken = new ArrayList<>();
    double[] fair = new double[row.length];
    double[] speaks = new double[row.length];
    Map<Integer, List<Broken>> absent = new LinkedHashMap<>();
    for (Dependency dependency : dependencies) {
      Dependency.Group group = dependency.group(row);
      if (group == null) {
        continue;
      }
      String found = row[dependency.right()];
      if (found == null) {
        absent
            .computeIfAbsent(dependency.right(), k -> new ArrayList<>())
            .add(new Broken(dependency, group));
      } else if (found.equals(group.value())) {
        fair[dependency.right()]++;
        speaks[dependency.right()]++;
        for (int left : dependency.left()) {
          fair[left] += 1.0 / dependency.left().length;
        }
      } else {
        broken.add(new Broken(dependency, group));
      }
    }
    for (Template template : templates) {
      String made = template.made(row);
      String found = row[template.right()];
      if (made != null && found != null && made.equals(found)) {
        for (int field : template.fields()) {
          fair[field] += Template.WEIGHT;
        }
        speaks[template.right()]++;
      } else if (made != null && found != null) {
        broken.add(new Broken(template.asDependency(), new Dependency.Group(made, 99, 100)));
      }
    }
    absent.forEach((field, votes) -> fill(field, votes, findings));
    while (!broken.isEmpty()) {
      accuse(row.length, broken, fair, findings);
    }
    return speaks;
  }

  private static void fill(int field, List<Broken> votes, List<Finding> findings) {
    Vote vote = Vote.of(field, votes);
    boolean strict = votes.stream().anyMatch(v -> v.dependency().precision() >= 0.97);
    if (strict && vote.confidence() >= 0.8) {
      findings.add(Finding.repaired(field, Rule.DEPENDENCY, vote.confidence(), vote.value()));
    }
  }

  private static void accuse(
      int fields, List<Broken> broken, double[] fair, List<Finding> findings) {
    double[] accused = new double[fields];
    for (Broken edge : broken) {
      accused[edge.dependency().right()]++;
      for (int left : edge.dependency().left()) {
        accused[left] += 1.0 / edge.dependency().left().length;
      }
    }
    double worst = 0;
    for (int field = 0; field < fields; field++) {
      worst = Math.max(worst, score(accused[field], fair[field]));
    }
    List<Integer> guilty = new ArrayList<>();
    for (int field = 0; field < fields; field++) {
      if (accused[field] > 0 && score(accused[field], fair[field]) >= worst - 1e-9) {
        guilty.add(field);
      }
    }
    // Of cells accused alike, one that the other determines is more likely wrong.
    if (guilty.stream().anyMatch(field -> isDetermined(field, broken))) {
      guilty.removeIf(field -> !isDetermined(field, broken));
    }
    for (int field : guilty) {
      List<Broken> votes = broken.stream().filter(e -> e.dependency().right() == field).toList();
      Vote vote = Vote.of(field, votes);
      double share = accused[field] / (accused[field] + fair[field]);
      double sure = vote.confidence() * share / guilty.size();
      if (!vote.value().isEmpty()) {
        findings.add(
            new Finding(
                field,
                Rule.DEPENDENCY,
                Math.max(sure, guilty.size() > 1 ? 0.5 * share : 0),
                sure,
                vote.value(),
                false));
      } else {
        findings.add(
            Finding.doubtful(
                field,
                Rule.DEPENDENCY,
                share * (guilty.size() > 1 ? 0.5 : accused[field] < 2 ? 0.4 : 0.8)));
      }
    }
    broken.removeIf(
        edge ->
            guilty.contains(edge.dependency().right())
                || java.util.Arrays.stream(edge.dependency().left()).anyMatch(guilty::contains));
  }

  private static boolean isDetermined(int field, List<Broken> broken) {
    return broken.stream().anyMatch(edge -> edge.dependency().right() == field);
  }

  private static double score(double accused, double fair) {
    return accused / (accused + fair + 0.5);
  }

  /** What several dependencies say a cell should hold. */
  private record Vote(String value, double confidence) {
    static Vote of(int field, List<Broken> votes) {
      Map<String, Double> doubt = new LinkedHashMap<>();
      for (Broken vote : votes) {
        double share = (double) vote.group().count() / vote.group().total();
        doubt.merge(vote.group().value(), Math.max(0.01, 1 - share), (a, b) -> a * b);
      }
      String best = "";
      double all = 0;
      for (Map.Entry<String, Double> entry : doubt.entrySet()) {
        double weight = (1 - entry.getValue()) / entry.getValue();
        all += weight;
        if (best.isEmpty() || entry.getValue() < doubt.getOrDefault(best, 1.0)) {
          best = entry.getKey();
        }
      }
      if (best.isEmpty()) {
        return new Vote("", 0);
      }
      double least = doubt.getOrDefault(best, 1.0);
      double weight = (1 - least) / least;
      return new Vote(best, Math.min(0.99, (1 - least) * weight / all));
    }
  }
}
