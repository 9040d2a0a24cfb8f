package dev.quern.run;

import dev.quern.engine.Task;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorTasks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What attacks on a version have found, for its report. */
final class ReportAttacks {
  private ReportAttacks() {}

  /** Returns what attacks on the version have found, as plain values: counts and shares. */
  static List<Object> plain(Plan plan, List<QualityMeasures.Measured> measured) {
    Set<String> names = new LinkedHashSet<>();
    for (Plan.CheckPlan check : plan.checks()) {
      Task task = check.task();
      if (OperatorTasks.operator(plan.registry(), task) instanceof Analyzer<?> analyzer
          && analyzer.isAttack()) {
        names.add(task.operator());
      }
    }
    List<Object> all = new ArrayList<>();
    for (QualityMeasures.Measured one : measured) {
      if (names.contains(one.operator())) {
        Map<String, Object> attack = new LinkedHashMap<>();
        attack.put("operator", one.operator());
        attack.put("parameters", Hierarchies.told(one.parameters()));
        attack.put("metrics", one.metrics().stream().map(Metric::plain).toList());
        all.add(attack);
      }
    }
    return all;
  }
}
