package dev.quern.run;

import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of report.json for each way a run can end. */
final class Reports {
  private Reports() {}

  /** Returns a run with everything: sources, drops, quarantine, checks, fits, a model, a price. */
  static Map<String, @Nullable Object> full() {
    return with(bare(), FULL);
  }

  /** Returns a run that read samples and wrote them, and nothing else. */
  static Map<String, @Nullable Object> bare() {
    return new LinkedHashMap<>(Json.parseObject(BARE));
  }

  static Map<String, @Nullable Object> checkFailed() {
    return with(
        full(),
        """
        {"status": "check_failed", "model": null,
         "checks": [
          {"check": "count() > 2500", "level": "error", "status": "failed", "value": 900},
          {"check": "mean(age) > 1", "level": "error", "status": "no_evidence", "value": null},
          {"check": "completeness(age) >= 0.9", "level": "warning", "status": "failed", "value": 0.8},
          {"check": "uniqueness(id) = 1", "level": "error", "status": "passed", "value": 1}]}
        """);
  }

  static Map<String, @Nullable Object> quarantineExceeded() {
    Map<String, @Nullable Object> report = full();
    for (String name : List.of("dataset", "profile", "checks", "quality", "model", "learnt")) {
      report.remove(name);
    }
    return with(
        report,
        """
        {"status": "quarantine_exceeded",
         "accounting": {"read": 1000, "created": 0, "kept": 0, "dropped": 0, "merged": 0,
           "quarantined": 20}}
        """);
  }

  /** Returns a version with {@code count} numeric fields, each with a full profile. */
  static Map<String, @Nullable Object> wide(int count) {
    Map<String, @Nullable Object> report = full();
    List<Object> schema = new ArrayList<>();
    Map<String, @Nullable Object> profile = new LinkedHashMap<>();
    Map<String, @Nullable Object> number =
        Json.object(Json.object(report.get("profile")).get("age"));
    for (int i = 0; i < count; i++) {
      String name = "measurement_of_the_sensor_in_the_long_corridor_number_" + i;
      schema.add(Map.of("name", name, "type", "double"));
      profile.put(name, number);
    }
    Map<String, @Nullable Object> dataset = new LinkedHashMap<>(Json.object(report.get("dataset")));
    dataset.put("schema", schema);
    report.put("dataset", dataset);
    report.put("profile", profile);
    return report;
  }

  /** Replaces every text of {@code report} but those the program itself gives. */
  static @Nullable Object everywhere(@Nullable Object value, String text) {
    if (value instanceof Map<?, ?>) {
      Map<String, @Nullable Object> changed = new LinkedHashMap<>();
      Json.object(value)
          .forEach(
              (name, inner) -> {
                boolean free = FREE.contains(name) && !(inner instanceof Map<?, ?>);
                changed.put(name, free ? text : everywhere(inner, text));
              });
      return changed;
    }
    if (value instanceof List<?> items) {
      List<@Nullable Object> changed = new ArrayList<>();
      items.forEach(item -> changed.add(everywhere(item, text)));
      return changed;
    }
    return value;
  }

  private static final List<String> FREE =
      List.of(
          "recipe",
          "run",
          "name",
          "label",
          "operator",
          "summary",
          "field",
          "before",
          "after",
          "check",
          "step",
          "reason",
          "recipe_text",
          "command",
          "quarantine_files",
          "dropped_files",
          "version",
          "digest",
          "target",
          "trainer",
          "quern",
          "os",
          "java",
          "type",
          "recipe_digest",
          "engine",
          "finished",
          "started");

  static Map<String, @Nullable Object> with(Map<String, @Nullable Object> report, String changes) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(report);
    changed.putAll(Json.parseObject(changes));
    return changed;
  }

  private static final String BARE =
      """
      {"run": "20260102-030405-006", "status": "done", "recipe": "people",
       "recipe_digest": "ab12", "language": "en", "engine": "local",
       "started": "2026-01-02T03:04:05.006Z", "finished": "2026-01-02T03:04:09.5Z", "limit": null,
       "seed": 42, "threads": 2, "memory_bytes": 1073741824, "max_quarantined": 0.01,
       "quern": "1.0", "machine": {"os": "Linux", "java": "17", "processors": 2,
       "heap_bytes": 2147483648}, "command": "quern run recipe.yaml",
       "recipe_file": "recipe.yaml", "recipe_text": "recipe: people\\nread:\\n  - x: {}\\n",
       "sources": [{"label": "acquire.csv", "name": "people.csv", "operator": "acquire.csv",
         "files": 1, "bytes": 2048, "split": "none",
         "counts": {"read": 1000, "created": 0, "kept": 1000, "dropped": 0, "merged": 0,
           "quarantined": 0, "reasons": {}, "rules": {}}}],
       "steps": [], "checks": [], "learnt": [],
       "accounting": {"read": 1000, "created": 0, "kept": 1000, "dropped": 0, "merged": 0,
         "quarantined": 0},
       "dataset": {"name": "people", "version": "1-aa", "head": "moved", "digest": "aa11",
         "samples": 1000, "bytes": 4096, "shards": 1, "splits": {"none": 1000},
         "schema": [{"name": "age", "type": "long"}]},
       "profile": {"age": {"samples": 1000, "missing": 0, "distinct": 1}},
       "dropped_files": null, "quarantine_files": null,
       "work": [{"step": "write", "kind": "write", "status": "done", "reason": "new",
         "cost": {"wall_seconds": 1.5, "cpu_seconds": 1.25, "bytes_read": 2048,
           "bytes_written": 4096}}],
       "cost": {"wall_seconds": 1.5, "cpu_seconds": 1.25, "bytes_read": 2048,
         "bytes_written": 4096, "spilled_bytes": 0, "peak_heap_bytes": 1048576}}
      """;

  private static final String FULL =
      """
      {"limit": 5000,
       "sources": [
        {"label": "acquire.csv", "name": "train.csv", "operator": "acquire.csv", "files": 3,
         "bytes": 123456, "split": "train",
         "counts": {"read": 1000, "created": 0, "kept": 980, "dropped": 0, "merged": 0,
           "quarantined": 20, "reasons": {}, "rules": {"not_a_number": 15, "too_few_cells": 5}}},
        {"label": "acquire.csv-2", "name": "test.csv", "operator": "acquire.csv", "files": 1,
         "bytes": 1234, "split": "test",
         "counts": {"read": 234, "created": 0, "kept": 234, "dropped": 0, "merged": 0,
           "quarantined": 0, "reasons": {}, "rules": {}}}],
       "steps": [
        {"label": "quality.drop_duplicates", "operator": "quality.drop_duplicates",
         "summary": "Keeps one of several samples with equal content.", "scope": "train",
         "counts": {"read": 1214, "created": 6, "kept": 1100, "dropped": 108, "merged": 7,
           "quarantined": 5, "reasons": {"duplicate": 100, "odd": 8}, "rules": {"broken": 5},
           "cpu_seconds": 0.5},
         "changes": [{"field": "age", "before": "text", "after": "long"},
           {"field": "city", "after": "text"}, {"field": "town", "before": "text"}]}],
       "accounting": {"read": 1234, "created": 6, "kept": 1100, "dropped": 108, "merged": 7,
         "quarantined": 25},
       "dataset": {"name": "people", "version": "1-aa", "head": "stays", "digest": "aa11",
         "samples": 1100, "bytes": 40960, "shards": 2,
         "splits": {"train": 800, "validation": 100, "test": 200},
         "schema": [{"name": "age", "type": "long", "roles": ["quasi_identifier"]},
           {"name": "city", "type": "text", "roles": ["label"]},
           {"name": "id", "type": "long", "roles": ["identifier", "subject", "sensitive"]},
           {"name": "seen", "type": "timestamp", "roles": ["event_time", "group"]},
           {"name": "day", "type": "date", "roles": ["image", "audio"]}]},
       "profile": {
        "age": {"samples": 1100, "missing": 330, "distinct": 62, "min": -3, "max": 90, "mean": 49.21,
          "deviation": 17.66, "quantile": [{"part": "0.5", "value": 50.25}],
          "histogram": [{"part": "-3.0", "value": 300}, {"part": "43.5", "value": 470}]},
        "city": {"samples": 1100, "missing": 0, "distinct": 6000, "distinct_estimated": true,
          "min": 3, "max": 9, "mean": 4.5, "deviation": 1,
          "top_values": [{"part": "Oslo", "value": 900}, {"part": " ", "value": 50}],
          "label_train": [{"part": "Oslo", "value": 700}, {"part": "Rome", "value": 100}],
          "label_test": [{"part": "Oslo", "value": 200}, {"part": "Rome", "value": 0}]},
        "id": {"samples": 1100, "missing": 0, "distinct": 1100, "mean": 5, "deviation": 2},
        "seen": {"samples": 1100, "missing": 0, "distinct": 1, "min": 1e15, "max": 1.1e15,
          "mean": 1e15, "deviation": 0},
        "day": {"samples": 1100, "missing": 1100, "distinct": 0}},
       "quality": [
        {"measure": "accuracy", "name": "accuracy", "fields": [], "value": null,
         "reason": "no_evidence", "numerator": 0, "denominator": 0, "basis": "rule",
         "precision": "exact", "low": null, "high": null, "unit": "fraction"},
        {"measure": "accuracy", "name": "test_accuracy", "fields": ["label"], "value": 0.9,
         "numerator": 90, "denominator": 100, "basis": "model", "precision": "estimated",
         "low": 0.8256, "high": 0.9448, "unit": "fraction"},
        {"measure": "completeness", "name": "completeness", "fields": ["age", "city"],
         "part": "samples", "value": 0.75, "numerator": 3, "denominator": 4, "basis": "rule",
         "precision": "exact", "low": 0.75, "high": 0.75, "unit": "fraction"}],
       "checks": [{"check": "count() > 2", "level": "error", "status": "passed", "value": 1100},
        {"check": "completeness(age) >= 0.9", "level": "warning", "status": "failed", "value": 0.7},
        {"check": "mean(day) > 1", "level": "warning", "status": "no_evidence", "value": null}],
       "keep_curves": [{"step": "quality.score_filter", "score": "quality", "above": 0.2,
         "thresholds": [0.0, 0.5, 1.0], "samples": 900, "without_score": 0, "kept": [900, 700, 90],
         "groups": [{"field": "income", "balance": [0.8, 0.9, null],
           "effective": [1.7, 1.9, null], "representativeness": [1.0, 0.95, null],
           "named": [{"group": "<=50K", "kept": [600, 500, 60]}]}],
         "models": [{"threshold": 0.2, "train_samples": 800, "test_samples": 100,
           "metrics": [{"name": "accuracy", "value": 0.8, "unit": "fraction"}]},
           {"threshold": 1.0, "train_samples": 0, "test_samples": 100, "metrics": []}]}],
       "anonymisations": [{"step": "privacy.anonymize", "k": 5, "sensitive": [],
         "measure": "entropy", "levels": [{"field": "age", "level": 2, "highest": 5}],
         "loss": 2085.1, "best": true, "suppressed": 16,
         "before": {"samples": 600, "classes": 418, "smallest_class": 1, "unique_samples": 274,
           "highest_risk": 1.0, "average_risk": 0.69, "uniqueness": 0.45},
         "after": {"samples": 584, "classes": 64, "smallest_class": 5, "unique_samples": 0,
           "highest_risk": 0.2, "average_risk": 0.11, "uniqueness": 0.0}}],
       "personal_data": [{"step": "privacy.detect", "samples": 600, "found": [
         {"field": "note", "type": "EMAIL", "findings": 31, "samples": 30, "share": 0.05,
           "mean_score": 0.95}]}],
       "learnt": [{"step": "quality.impute", "operator": "quality.impute", "fields": [
         {"field": "age", "type": "long", "told": true, "value": 50},
         {"field": "id", "type": "long", "told": false},
         {"field": "h", "type": "double", "told": true, "value": {"center": 1.5, "scale": 2}}]},
        {"step": "diversity.split", "operator": "diversity.split", "fields": []}],
       "model": {"name": "people", "version": "1-bb", "trainer": "train.mlp", "target": "city",
        "files": {"parity": 1.79e-7},
        "metrics": [{"name": "accuracy", "value": 0.95, "denominator": 198, "unit": "fraction"},
         {"name": "validation_log_loss", "value": 0.2861, "denominator": 198, "unit": "nats"},
         {"name": "macro_f1", "value": 0.9, "denominator": 2, "unit": "fraction"},
         {"name": "my_own", "value": null, "denominator": 0, "unit": "units"},
         {"name": "precision", "part": "Oslo", "value": 0.97, "denominator": 150,
          "unit": "fraction"}],
        "details": {"measured_on": "test", "parameters": 2102405, "epoch": 4,
         "classes": {"Oslo": 700, "Rome": 100},
         "inputs": [{"field": "age", "kind": "number", "width": 1},
           {"field": "note", "kind": "hashed_ngrams", "width": 32768},
           {"field": "town", "kind": "categories", "width": 5}],
         "left_out": {"id": "excluded", "seen": "role event_time", "day": "type date",
           "x": "one value in train"},
         "train_samples_read": 800, "train_samples_used": 800, "train_samples_without_target": 0,
         "test_samples_read": 200, "test_samples_scored": 198, "test_samples_without_target": 2,
         "samples_without_split": 3},
        "history": [{"epoch": 1, "loss": 1.4, "validation_loss": 1.2},
         {"epoch": 2, "loss": 0.5, "validation_loss": 0.6}]},
       "dropped_files": "runs/r/dropped", "quarantine_files": "runs/r/quarantine",
       "work": [
        {"step": "quality.drop_duplicates", "kind": "store", "status": "done", "reason": "new",
         "cost": {"wall_seconds": 4000, "cpu_seconds": 75, "bytes_read": 5, "bytes_written": 6},
         "phases": [
          {"verb": "group", "for": "quality.drop_duplicates", "tasks": 3, "resumed": 1,
           "samples": 1000, "wall_seconds": 1, "cpu_seconds": 2, "spilled_bytes": 4096},
          {"verb": "store", "for": "", "tasks": 2, "resumed": 0, "samples": 900}]},
        {"step": "quality.impute", "kind": "fit", "status": "cached", "reason": "same", "cost": {}},
        {"step": "write", "kind": "write", "status": "done", "reason": "new", "cost": {}},
        {"step": "model", "kind": "train", "status": "done", "reason": "new", "cost": {}}],
       "cost": {"wall_seconds": 4000, "cpu_seconds": 3600, "bytes_read": 2048,
         "bytes_written": 4096, "spilled_bytes": 1024, "peak_heap_bytes": 1048576,
         "peak_resident_bytes": 2097152, "worker_cpu_seconds": 0.5, "collector_seconds": 0.02,
         "price": 0.0425}}
      """;
}
