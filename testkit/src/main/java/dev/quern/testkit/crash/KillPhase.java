package dev.quern.testkit.crash;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a process was doing when it was killed, as the log of its run tells. */
enum KillPhase {
  /** The JVM starts, the recipe is bound, the run has not begun its first piece of work. */
  PLAN(false),
  /** Samples are read from sources into blocks or shards. */
  READ(true),
  /** A fit folds over samples. */
  FOLD(true),
  /** Samples meet others: sorted runs are written and merged, links are followed. */
  SPILL(true),
  /** Samples of an earlier phase become blocks. */
  STORE(false),
  /** Samples of an earlier phase become shards. */
  WRITE(false),
  /** Shards are there: checks, manifest, HEAD. */
  PUBLISH(true),
  /** A model is trained. */
  TRAIN(true),
  /** A model is checked, written and published. */
  MODEL(false),
  /** Between two of these: results, fits and counts are kept. */
  BETWEEN(false),
  /** Everything is published; the report is written and the process ends. */
  REPORT(false);

  private final boolean required;

  KillPhase(boolean required) {
    this.required = required;
  }

  /** Returns whether a series of kills without this phase proves too little. */
  boolean isRequired() {
    return required;
  }

  String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  static KillPhase of(String written) {
    return valueOf(written.toUpperCase(Locale.ROOT));
  }

  /** Returns the whole lines of the log of the run in {@code folder}; a torn end is left out. */
  static List<Map<String, @Nullable Object>> events(Path folder) throws IOException {
    Path file = folder.resolve("log.jsonl");
    List<Map<String, @Nullable Object>> events = new ArrayList<>();
    if (Files.exists(file)) {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .forEach(line -> events.add(Json.parseObject(line)));
    }
    return events;
  }

  /** Returns the phase after each of {@code events} of a run of {@code act}. */
  static List<KillPhase> after(List<Map<String, @Nullable Object>> events, Act act) {
    List<KillPhase> phases = new ArrayList<>();
    KillPhase now = PLAN;
    String kind = "";
    for (Map<String, @Nullable Object> event : events) {
      switch (String.valueOf(event.get("event"))) {
        case "piece_began":
          kind = String.valueOf(event.get("kind"));
          now = kind.equals("train") ? TRAIN : BETWEEN;
          break;
        case "phase_began":
          now = of(kind, event);
          break;
        case "phase_ended":
          now = BETWEEN;
          break;
        case "piece_ended":
          now = kind.equals("write") ? PUBLISH : kind.equals("train") ? REPORT : BETWEEN;
          break;
        case "version_published":
          now = act.model().isPresent() ? BETWEEN : REPORT;
          break;
        default:
          break;
      }
      phases.add(now);
    }
    return phases;
  }

  private static KillPhase of(String kind, Map<String, @Nullable Object> event) {
    boolean sources = "sources".equals(event.get("from"));
    return switch (String.valueOf(event.get("verb"))) {
      case "group", "sort", "connect" -> SPILL;
      case "fold" -> FOLD;
      case "store" -> kind.equals("fit") ? FOLD : sources ? READ : STORE;
      default -> sources ? READ : WRITE;
    };
  }
}
