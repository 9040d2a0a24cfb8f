package dev.quern.run;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has come to.
 *
 * @param id of the run
 * @param status how it ended
 * @param report what report.json holds
 * @param folder the run's folder in the workspace
 * @param page the report for people
 */
public record RunResult(
    String id, Status status, Map<String, @Nullable Object> report, Path folder, Path page) {

  /** How a run ended that came to its end. */
  public enum Status {
    /** Everything was done. */
    DONE,
    /**
     * A check of level error failed: the version is written but not current, nothing is trained.
     */
    CHECK_FAILED,
    /** More of a source was quarantined than the recipe allows: no version is written. */
    QUARANTINE_EXCEEDED
  }
}
