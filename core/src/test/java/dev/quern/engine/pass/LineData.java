package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.Split;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.Source;
import dev.quern.engine.local.LocalEngine;
import dev.quern.engine.local.LocalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Generated lines and the passes over them. */
final class LineData {
  private LineData() {}

  /** Writes {@code count} lines with {@code keys} different keys, decided by {@code seed}. */
  static List<String> write(Path file, int count, int keys, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String value = random.nextInt(20) == 0 ? "" : Long.toString(random.nextInt(-1000, 1000));
      String split = random.nextInt(3) == 0 ? "v" : "t";
      String body = "b".repeat(random.nextInt(30)) + random.nextInt(count);
      lines.add("k" + random.nextInt(keys) + "," + value + "," + split + "," + body);
    }
    Files.write(file, lines);
    return lines;
  }

  static Samples read(int source) {
    return Samples.read(
        LineTasks.task("read"),
        new Source(source, "source" + source, "/", "/", Split.NONE, List.of()),
        LineTasks.SCHEMA,
        "content");
  }

  static LocalEngine engine(LineTasks tasks, int threads, long morselBytes, long memory) {
    return new LocalEngine(
        new LocalOptions(threads, memory, OptionalLong.of(morselBytes)),
        tasks,
        new RunContext(42),
        stored -> {
          throw new IllegalStateException("no Parquet here");
        });
  }

  static PassResult execute(LineTasks tasks, int threads, long morselBytes, Pass pass)
      throws IOException {
    try (LocalEngine engine = engine(tasks, threads, morselBytes, 64 << 20)) {
      return engine.execute(pass, Progress.NONE);
    }
  }

  /** Executes {@code samples} and returns what is handed over, one text each. */
  static List<String> handed(
      LineTasks tasks, int threads, long morselBytes, long memory, Samples samples, Path folder)
      throws IOException {
    List<String> texts = new ArrayList<>();
    Pass pass =
        new Pass(
            samples,
            new Pass.Output.Handed(
                batch -> {
                  for (int i = 0; i < batch.count(); i++) {
                    texts.add(text(batch, batch.row(i)));
                  }
                }),
            List.of(),
            folder,
            java.util.Set.of());
    try (LocalEngine engine = engine(tasks, threads, morselBytes, memory)) {
      engine.execute(pass, Progress.NONE);
    }
    return texts;
  }

  static String text(Batch batch, int row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < batch.schema().size(); i++) {
      text.append(batch.column(i).valueAt(row)).append(',');
    }
    return text.append(batch.keys().split(row).written()).toString();
  }

  /** The text of a line as {@link #text} gives it. */
  static String textOf(String line) {
    String[] parts = line.split(",", 4);
    String split = parts[2].equals("t") ? "train" : "validation";
    return parts[0] + "," + (parts[1].isEmpty() ? "null" : parts[1]) + "," + parts[3] + "," + split;
  }
}
