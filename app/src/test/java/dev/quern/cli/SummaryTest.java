package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import dev.quern.run.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final String REPORT =
      """
      {"recipe":"income","accounting":{"read":48842,"created":0,"kept":48790,"dropped":50,"merged":0,
      "quarantined":2,"reasons":{"duplicate":48,"where":2},"rules":{"cells":2}},
      "dataset":{"name":"income-clean","version":"3-1f0c2a9b","head":"moved","digest":
      "1f0c2a9b1f0c2a9b1f0c2a9b1f0c2a9b1f0c2a9b1f0c2a9b1f0c2a9b1f0c2a9b","splits":{"train":32561,
      "test":16229}},"checks":[{"check":"completeness(workclass) >= 0.95","level":"error","status":
      "passed"},{"check":"count() > 5","level":"warning","status":"failed"}],"model":{"name":"income",
      "version":"1-aa","metrics":[{"name":"accuracy","part":"test","value":0.85234}]},"cost":
      {"cpu_seconds":12.34,"wall_seconds":8.2,"bytes_read":1048576,"spilled_bytes":2097152,"peak_resident_bytes":536870912,"price":0.0123}}
      """;

  private static List<String> lines(Locale locale) {
    Map<String, Object> report = Json.parseObject(REPORT);
    RunResult result =
        new RunResult(
            "r1",
            RunResult.Status.DONE,
            report,
            Path.of("runs/r1"),
            Path.of("runs/r1/report.html"));
    return new Summary(Messages.in(locale), Style.PLAIN, report).lines(result);
  }

  @Test
  void tenLinesTellTheRun() {
    assertThat(lines(Locale.ENGLISH))
        .containsExactly(
            "income: done (r1)",
            "  read          48 842",
            "  kept          48 790 (train 32 561, test 16 229)",
            "  dropped       50 (duplicate 48, where 2)",
            "  quarantined   2 (cells 2)",
            "  dataset       income-clean@3-1f0c2a9b  digest 1f0c2a9b1f0c2a9b",
            "  checks        1 of 2 passed; failed: count() > 5",
            "  model         income@1-aa  accuracy (test) 0.8523",
            "  cost          12.3 s CPU, 8.2 s elapsed, 1.0 MiB read, 2.0 MiB spilled, memory up to 512.0 MiB, price 0.0123",
            "  report        runs/r1/report.html");
  }

  @Test
  void aLimitAndTheBoundOfQuarantineAreTold() {
    Map<String, Object> report =
        Json.parseObject(
            """
            {"recipe":"r","limit":100,"max_quarantined":0.015,"accounting":{"read":200}}
            """);
    RunResult result =
        new RunResult(
            "r1",
            RunResult.Status.QUARANTINE_EXCEEDED,
            report,
            Path.of("runs/r1"),
            Path.of("runs/r1/report.html"));
    assertThat(new Summary(Messages.in(Locale.ENGLISH), Style.PLAIN, report).lines(result))
        .startsWith(
            "r: more than 1.5 % of a source was quarantined (max_quarantined); no version was"
                + " written (r1)",
            "  read          200 (limited to 100 of each source)");
  }

  @Test
  void theFirstSampleSetAsideIsToldByPlaceAndRule() {
    Map<String, Object> report =
        Json.parseObject(
            """
            {"recipe":"r","accounting":{"quarantined":7,"rules":{"not_a_long":7}},"quarantine_first":
            {"step":"acquire.csv","source":"a.csv","position":13,"line":2,"field":"n","rule":
            "not_a_long","expected":"long","length":4,"mask":"99*9"}}
            """);
    RunResult result =
        new RunResult(
            "r1", RunResult.Status.DONE, report, Path.of("r"), Path.of("runs/r1/report.html"));
    assertThat(new Summary(Messages.in(Locale.ENGLISH), Style.PLAIN, report).lines(result))
        .hasSize(10)
        .contains(
            "  quarantined   7 (not_a_long 7); first: a.csv:2  n must be long; found: 4 bytes, mask"
                + " 99*9");
    report.put(
        "quarantine_first",
        Json.parse(
            "{\"source\":\"a.parquet\",\"position\":5,\"field\":\"\",\"rule\":\"r\",\"expected\":\"so\"}"));
    assertThat(new Summary(Messages.in(Locale.ENGLISH), Style.PLAIN, report).lines(result).get(4))
        .endsWith("; first: a.parquet @ 5  sample must be so; found: r");
  }

  @Test
  void theSameTenLinesComeInChinese() {
    List<String> lines = lines(Locale.CHINESE);
    assertThat(lines).hasSize(10);
    assertThat(lines.get(0)).isEqualTo("income: 完成（r1）");
    assertThat(lines.get(6))
        .isEqualTo("  检查          2 项中 1 项通过；未通过：count() > 5".replace("；未", "; 未"));
  }
}
