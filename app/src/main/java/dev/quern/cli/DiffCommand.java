package dev.quern.cli;

import dev.quern.data.Field;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.drift.DriftRules;
import dev.quern.drift.Finding;
import dev.quern.store.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two versions: schema, counts, digest, drift, and samples by id when asked. */
@Command(name = "diff")
final class DiffCommand implements Action {
  @Parameters(index = "0", paramLabel = "A", descriptionKey = "diff.a")
  String first = "";

  @Parameters(index = "1", paramLabel = "B", descriptionKey = "diff.b")
  String second = "";

  @Option(names = "--samples")
  boolean samples;

  @Option(names = "--alpha", paramLabel = "P")
  double alpha = DriftRules.DEFAULT.alpha();

  @Option(names = "--fail-on", paramLabel = "WHAT")
  @Nullable FailOn failOn;

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  /** What makes the command end with the exit code of a failed check. */
  enum FailOn {
    drift
  }

  @Override
  public int run(Session session) throws Exception {
    DriftRules rules = rules();
    Stock stock = Stock.of(session);
    Manifest a = stock.dataset(first);
    Manifest b = stock.dataset(second);
    Map<String, @Nullable Object> diff = new LinkedHashMap<>();
    diff.put("a", a.reference().toString());
    diff.put("b", b.reference().toString());
    diff.put("same_samples", a.digest().equals(b.digest()));
    diff.put("digest", pair(a.digest(), b.digest()));
    diff.put("samples", pair(a.samples(), b.samples()));
    diff.put("bytes", pair(a.bytes(), b.bytes()));
    diff.put("splits", splits(a, b));
    diff.put("recipe_digest", pair(a.recipeDigest(), b.recipeDigest()));
    diff.put("fields", fields(a.schema(), b.schema()));
    diff.put("profile", profiles(a, b));
    List<Finding> drift = DriftDiff.of(stock, a, b, rules);
    diff.put("drift", drift.stream().map(Finding::plain).toList());
    if (samples) {
      diff.put("ids", ids(stock, a, b));
    }
    if (json) {
      session.json(diff);
    } else {
      print(diff, drift, session);
    }
    boolean failed = failOn == FailOn.drift && drift.stream().anyMatch(Finding::isAlarm);
    return failed ? Exit.CHECK_FAILED : Exit.DONE;
  }

  private DriftRules rules() {
    try {
      return DriftRules.DEFAULT.at(alpha);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage());
    }
  }

  private static Map<String, @Nullable Object> pair(Object a, Object b) {
    Map<String, @Nullable Object> pair = new LinkedHashMap<>();
    pair.put("a", a);
    pair.put("b", b);
    return pair;
  }

  private static Map<String, @Nullable Object> splits(Manifest a, Manifest b) {
    Map<String, Long> before = Manifests.splits(a);
    Map<String, Long> after = Manifests.splits(b);
    Map<String, @Nullable Object> splits = new TreeMap<>();
    before.forEach((split, n) -> splits.put(split, pair(n, after.getOrDefault(split, 0L))));
    after.forEach((split, n) -> splits.putIfAbsent(split, pair(0L, n)));
    return splits;
  }

  /** Returns added, removed and changed fields, as {@code name type [roles]}. */
  private static Map<String, @Nullable Object> fields(Schema a, Schema b) {
    List<String> added = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (Field field : b.fields()) {
      @Nullable Field before = a.field(field.name()).orElse(null);
      if (before == null) {
        added.add(written(field));
      } else if (!before.equals(field)) {
        changed.add(written(before) + " → " + written(field));
      }
    }
    for (Field field : a.fields()) {
      if (b.field(field.name()).isEmpty()) {
        removed.add(written(field));
      }
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("added", added);
    fields.put("removed", removed);
    fields.put("changed", changed);
    return fields;
  }

  private static String written(Field field) {
    String roles = String.join(", ", field.roles().stream().map(role -> role.written()).toList());
    return field.name() + " " + field.type() + (roles.isEmpty() ? "" : " [" + roles + "]");
  }

  /** Returns missing and distinct counts where they differ. */
  private static Map<String, @Nullable Object> profiles(Manifest a, Manifest b) {
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    for (Field field : b.schema().fields()) {
      Map<String, @Nullable Object> before = Values.part(a.profile(), field.name());
      Map<String, @Nullable Object> after = Values.part(b.profile(), field.name());
      for (String metric : List.of("missing", "distinct")) {
        long one = Values.count(before, metric);
        long two = Values.count(after, metric);
        if (!before.isEmpty() && !after.isEmpty() && one != two) {
          changes.put(field.name() + "." + metric, pair(one, two));
        }
      }
    }
    return changes;
  }

  private static Map<String, @Nullable Object> ids(Stock stock, Manifest a, Manifest b)
      throws IOException {
    SampleId[] before = sorted(stock, a);
    SampleId[] after = sorted(stock, b);
    List<String> added = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.length || j < after.length) {
      int order = i == before.length ? 1 : j == after.length ? -1 : before[i].compareTo(after[j]);
      if (order < 0) {
        removed.add(before[i++].toString());
      } else if (order > 0) {
        added.add(after[j++].toString());
      } else {
        i++;
        j++;
      }
    }
    Map<String, @Nullable Object> ids = new LinkedHashMap<>();
    ids.put("added", added);
    ids.put("removed", removed);
    return ids;
  }

  private static SampleId[] sorted(Stock stock, Manifest manifest) throws IOException {
    SampleId[] ids = new SampleId[Math.toIntExact(manifest.samples())];
    int[] count = {0};
    Flow.through(
        stock.ids(manifest),
        batch -> {
          for (int i = 0; i < batch.count(); i++) {
            ids[count[0]++] = batch.keys().id(batch.row(i));
          }
          return Flow.Wish.MORE;
        });
    Arrays.sort(ids);
    return ids;
  }

  private void print(Map<String, @Nullable Object> diff, List<Finding> drift, Session session) {
    Table table = new Table("", String.valueOf(diff.get("a")), String.valueOf(diff.get("b")));
    for (String name : List.of("samples", "bytes", "digest", "recipe_digest")) {
      Map<String, @Nullable Object> pair = Values.part(diff, name);
      table.row(session.text("diff." + name), cut(pair.get("a")), cut(pair.get("b")));
    }
    pairs(table, session.text("diff.split") + " ", Values.part(diff, "splits"));
    pairs(table, "", Values.part(diff, "profile"));
    table.print(session.out());
    list(diff, "fields", session);
    list(diff, "ids", session);
    DriftDiff.print(drift, rules(), session);
    boolean same = Boolean.TRUE.equals(diff.get("same_samples"));
    session.talk(session.text(same ? "diff.same" : "diff.differ"));
  }

  private static void pairs(Table table, String prefix, Map<String, @Nullable Object> pairs) {
    for (String name : pairs.keySet()) {
      Map<String, @Nullable Object> pair = Values.part(pairs, name);
      table.row(prefix + name, cut(pair.get("a")), cut(pair.get("b")));
    }
  }

  private static String cut(@Nullable Object value) {
    String text = value instanceof Number n ? Amounts.count(n.longValue()) : String.valueOf(value);
    return text.length() > 16 ? text.substring(0, 16) + "…" : text;
  }

  private static void list(Map<String, @Nullable Object> diff, String what, Session session) {
    Map<String, @Nullable Object> lists = Values.part(diff, what);
    for (Map.Entry<String, @Nullable Object> list : lists.entrySet()) {
      if (list.getValue() instanceof List<?> items && !items.isEmpty()) {
        session.out().println(session.text("diff." + what + "." + list.getKey(), items.size()));
        items.forEach(item -> session.out().println("  " + item));
      }
    }
  }
}
