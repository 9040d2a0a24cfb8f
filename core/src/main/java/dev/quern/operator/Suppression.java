package dev.quern.operator;

import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.engine.Outcome;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Drops the samples of subjects that are forgotten, as soon as they are read: no later step, fit or
 * cache sees them, and no trace names them. No recipe asks for it; a workspace in which a subject
 * was forgotten puts it behind every source.
 *
 * @param subjects their keyed hashes, hexadecimal, see {@link SubjectHash}
 * @param fields the fields that say whose data a sample is
 */
public record Suppression(List<String> subjects, List<String> fields) implements Filter {
  /** How tasks name it. */
  public static final String NAME = "subject.forgotten";

  /** The reference under which the key of the hashes is asked for. */
  public static final String SECRET = "workspace:subject";

  /** How reports describe it. */
  public static final OperatorSpec DESCRIPTION =
      new OperatorSpec(
          NAME,
          new Localized(
              "Leaves out the samples of subjects that are forgotten in this workspace.",
              "略去已在此工作区中被遗忘的数据主体的样本。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(),
          List.of(),
          params -> new Suppression(List.of(), List.of()));

  public Suppression {
    subjects = List.copyOf(new TreeSet<>(subjects));
    fields = List.copyOf(fields);
  }

  /** Returns the task of this under {@code step}. */
  public Task task(String step) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("fields", fields);
    plain.put("subjects", subjects);
    int revision = DESCRIPTION.revision();
    return new Task(step, NAME, revision, Json.canonical(plain), Task.Scope.ALL, Optional.empty());
  }

  /** Returns the operator of {@code task}. */
  static Suppression of(Task task) {
    Map<String, @Nullable Object> plain = Json.parseObject(task.parameters());
    return new Suppression(texts(plain.get("subjects")), texts(plain.get("fields")));
  }

  private static List<String> texts(@Nullable Object list) {
    List<String> texts = new ArrayList<>();
    Json.list(list).forEach(text -> texts.add(String.valueOf(text)));
    return texts;
  }

  @Override
  public void check(Schema input) {
    FieldChoice.named(input, "fields", fields);
  }

  @Override
  public Judge bind(Schema input, StepRun run) {
    int[] positions = FieldChoice.named(input, "fields", fields);
    SubjectHash hash = new SubjectHash(run.secrets().secret(SECRET));
    Set<String> known = Set.copyOf(subjects);
    HexFormat hex = HexFormat.of();
    boolean[] found = new boolean[1];
    return sample -> {
      found[0] = false;
      for (int position : positions) {
        Column column = sample.batch().column(position);
        hash.each(column, sample.row(), one -> found[0] |= known.contains(hex.formatHex(one)));
      }
      return found[0] ? Verdict.drop(Outcome.FORGOTTEN, Double.NaN) : Verdict.KEEP;
    };
  }
}
