package dev.quern.run;

import dev.quern.store.AuditEvent;
import dev.quern.store.AuditEvent.Action;
import dev.quern.store.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a run tells the audit before it does it. */
final class RunAudit {
  /** A keyset with the id of its key, as tasks carry it. */
  private static final Pattern KEY = Pattern.compile("\"key:([^\"]+@[^\"]+)\"");

  private RunAudit() {}

  /** One event per step, in the order of the recipe. */
  static List<AuditEvent> transforms(Plan plan, String run) {
    List<AuditEvent> events = new ArrayList<>();
    String purpose = "recipe " + plan.recipe().name();
    for (Plan.StepPlan step : plan.steps()) {
      events.add(AuditEvent.of(Action.TRANSFORM, "step/" + step.task().step(), purpose).in(run));
    }
    return events;
  }

  static List<AuditEvent> publishes(Manifest manifest, String run) {
    return List.of(
        AuditEvent.of(
                Action.PUBLISH, "dataset/" + manifest.dataset(), "recipe " + manifest.recipe())
            .in(run)
            .with("samples", manifest.samples()));
  }

  static List<AuditEvent> trains(Plan plan, Manifest manifest, String run) {
    String model = plan.training().orElseThrow().spec().name();
    return List.of(
        AuditEvent.of(Action.READ, manifest.reference().toString(), "train " + model).in(run),
        AuditEvent.of(Action.PUBLISH, "model/" + model, "recipe " + plan.recipe().name()).in(run));
  }
}
