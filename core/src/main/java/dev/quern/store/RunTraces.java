package dev.quern.store;

import dev.quern.data.SampleId;
import dev.quern.format.json.Json;
import dev.quern.operator.JudgeMapping;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What runs have told of a subject: lines of quarantined, dropped, judged and set aside samples and
 * of changed cells; values in reports; digests of what is gone.
 */
final class RunTraces {
  private static final Set<String> TEXTS =
      Set.of("json", "jsonl", "html", "yaml", "yml", "txt", "csv", "md");

  private static final String GONE = "0".repeat(64);

  private final Workspace workspace;
  private final Path root;
  private final SubjectRows rows;
  private final Mentions mentions;
  private final Set<String> fields;
  private final Erasure erasure;
  private final Renewal renewal;

  RunTraces(
      Workspace workspace,
      SubjectRows rows,
      Mentions mentions,
      Set<String> fields,
      Erasure erasure,
      Renewal renewal) {
    this.workspace = workspace;
    this.root = workspace.root();
    this.rows = rows;
    this.mentions = mentions;
    this.fields = new TreeSet<>(fields);
    fields.forEach(field -> this.fields.add(JudgeMapping.referenceName(field)));
    this.erasure = erasure;
    this.renewal = renewal;
  }

  /** Cleans all runs in {@code folder} and returns the number of lines that are gone. */
  long clean(Path folder) throws IOException {
    long lines = 0;
    for (String id : Folders.names(folder)) {
      lines += run(folder.resolve(id));
    }
    return lines;
  }

  private long run(Path run) throws IOException {
    long lines = 0;
    boolean compared = isCompared(run.resolve("report.json"));
    for (Path file : files(run)) {
      if (ending(file).equals("jsonl") && !run.equals(file.getParent())) {
        lines += lines(file, compared && String.valueOf(file.getParent()).endsWith("verdicts"));
      }
    }
    Path report = run.resolve("report.json");
    boolean told = Files.exists(report) && report(report, lines > 0);
    for (Path file : files(run)) {
      String name = String.valueOf(file.getFileName());
      boolean done = told && (name.equals("report.json") || name.equals("report.html"));
      if (!done && TEXTS.contains(ending(file))) {
        text(file);
      }
    }
    return lines;
  }

  /** Returns whether a check of the run of {@code report} had a reference. */
  private static boolean isCompared(Path report) throws IOException {
    try {
      return Files.exists(report)
          && Json.readObject(report).get("sources") instanceof List<?> sources
          && sources.stream()
              .anyMatch(one -> one instanceof Map<?, ?> map && "reference".equals(map.get("use")));
    } catch (IllegalArgumentException e) {
      return true; // Damaged, so nobody can tell.
    }
  }

  /**
   * Takes the subject's lines out of {@code file}.
   *
   * @param compared whether lines may say what a reference has: it does not stand there whose value
   *     that is, so that none stays
   */
  private long lines(Path file, boolean compared) throws IOException {
    List<String> before = new String(content(file), StandardCharsets.UTF_8).lines().toList();
    List<String> after =
        before.stream()
            .filter(line -> !isTheirs(line))
            .map(line -> compared ? withoutRepair(line) : line)
            .toList();
    if (!after.equals(before)) {
      StringBuilder text = new StringBuilder();
      after.forEach(line -> text.append(line).append('\n'));
      replace(file, text.toString());
    }
    return before.size() - after.size();
  }

  private static String withoutRepair(String line) {
    try {
      Map<String, @Nullable Object> verdict = Json.parseObject(line);
      if (verdict.get("repair") == null) {
        return line;
      }
      verdict.put("repair", null);
      return Json.write(verdict);
    } catch (IllegalArgumentException e) {
      return line; // No JSON, so no verdict.
    }
  }

  private boolean isTheirs(String line) {
    try {
      return isTheirs("", Json.parse(line));
    } catch (IllegalArgumentException e) {
      return mentions.in(line); // No JSON: nothing more is known of it.
    }
  }

  private boolean isTheirs(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .anyMatch(entry -> isTheirs(String.valueOf(entry.getKey()), entry.getValue()));
    }
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(part -> isTheirs(name, part));
    }
    if (value instanceof String text) {
      return name.equals("id") && isId(text)
          || name.equals("raw") && isRaw(text)
          || fields.contains(name) && rows.isWritten(text)
          || mentions.in(text);
    }
    return value instanceof Number number
        && fields.contains(name)
        && rows.isWritten(written(number));
  }

  private static String written(Number number) {
    if (number instanceof Long) {
      return number.toString();
    }
    BigDecimal exact = new BigDecimal(number.toString());
    return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }

  private boolean isId(String text) {
    return text.matches("[0-9a-f]{32}") && rows.holds(SampleId.parse(text));
  }

  private boolean isRaw(String text) {
    try {
      return mentions.inRaw(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return false; // A field that happens to be called so is looked at as text.
    }
  }

  /** Rewrites the report and its page where the run had to do with the subject. */
  private boolean report(Path file, boolean hadLines) throws IOException {
    Map<String, @Nullable Object> report;
    try {
      report = Json.readObject(file);
    } catch (IllegalArgumentException e) {
      Files.delete(file); // Damaged, so nobody can tell what it holds.
      return false;
    }
    String text = Json.canonical(report);
    if (!hadLines && !concerns(report) && !mentions.in(text) && !holdsHash(text)) {
      return false;
    }
    Map<String, @Nullable Object> changed = Json.object(cleaned(renewal.report(report)));
    Folders.replace(file, Json.pretty(changed));
    Folders.replace(file.resolveSibling("report.html"), renewal.page(changed));
    return true;
  }

  /** A run concerns the subject that wrote or read a version which held it or learnt of it. */
  private boolean concerns(Map<String, @Nullable Object> report) {
    Set<String> versions = new TreeSet<>(erasure.versions());
    versions.addAll(erasure.related());
    Set<String> datasets = new TreeSet<>();
    versions.forEach(version -> datasets.add(version.substring(0, version.indexOf('@'))));
    if (report.get("dataset") instanceof Map<?, ?> dataset
        && datasets.contains(String.valueOf(dataset.get("name")))) {
      return true;
    }
    if (report.get("sources") instanceof List<?> sources) {
      for (Object source : sources) {
        if (source instanceof Map<?, ?> one
            && "dataset".equals(one.get("operator"))
            && datasets.contains(String.valueOf(one.get("name")))) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable Object cleaned(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> cleaned = new LinkedHashMap<>();
      map.forEach((name, part) -> cleaned.put(clean(String.valueOf(name)), cleaned(part)));
      return cleaned;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> cleaned = new ArrayList<>();
      list.forEach(part -> cleaned.add(cleaned(part)));
      return cleaned;
    }
    return value instanceof String text ? clean(text) : value;
  }

  private String clean(String text) {
    String cleaned = mentions.without(text);
    for (String hash : erasure.hashes()) {
      cleaned = cleaned.replace(hash, GONE);
    }
    return cleaned;
  }

  private boolean holdsHash(String text) {
    return erasure.hashes().stream().anyMatch(text::contains);
  }

  private void text(Path file) throws IOException {
    String before = new String(content(file), StandardCharsets.UTF_8);
    String after = clean(before);
    if (!after.equals(before)) {
      replace(file, after);
    }
  }

  /** Returns the files below {@code folder} that still name the subject, but for shards. */
  List<String> mentions(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(folder)) {
      String path = root.relativize(file).toString().replace('\\', '/');
      boolean searched = path.startsWith("shards/") && path.endsWith(".parquet");
      if (!searched && mentions.inBytes(content(file))) {
        found.add(path);
      }
    }
    return found;
  }

  private byte[] content(Path file) throws IOException {
    return workspace.content(file);
  }

  /** What was encrypted stays so, under the primary key of its keyset. */
  private void replace(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Folders.replace(file, workspace.files().like(file).stored(bytes, file));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
