package dev.quern.testkit.crash;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Kills runs of the program until there are enough, half of them at any moment of a run and half in
 * the phases that were hit least, and tells where they hit. A series that was stopped goes on: each
 * kill is a line of {@code kills.jsonl}.
 */
public final class Kills {
  private static final long SEED = 20261127;

  /** A series may need more tries than kills: some runs end first. */
  private static final int TRIES_PER_KILL = 3;

  private final Path folder;
  private final int wanted;
  private final Rehearsal rehearsal;
  private final KillTable table;
  private final List<String> problems = new ArrayList<>();
  private final Path record;
  private int tried;

  private Kills(Path folder, int wanted, Rehearsal rehearsal) throws IOException {
    this.folder = folder;
    this.wanted = wanted;
    this.rehearsal = rehearsal;
    this.record = folder.resolve("kills.jsonl");
    List<KilledRun.Kill> earlier = new ArrayList<>();
    if (Files.exists(record)) {
      for (String line : Files.readAllLines(record, StandardCharsets.UTF_8)) {
        Map<String, @Nullable Object> plain = Json.parseObject(line);
        tried = Math.max(tried, plain.get("try") instanceof Long number ? (int) (long) number : 0);
        if (plain.containsKey("problem")) {
          problems.add(String.valueOf(plain.get("problem")));
        } else {
          earlier.add(KilledRun.Kill.of(plain));
        }
      }
    }
    this.table = new KillTable(earlier);
  }

  /**
   * Kills.
   *
   * @param arguments launcher of the program, folder to work in, kills, size of the files in MiB,
   *     runs at once
   */
  public static void main(String[] arguments) throws Exception {
    Path launcher = Path.of(arguments[0]).toAbsolutePath();
    Path folder = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
    int wanted = Integer.parseInt(arguments[2]);
    // What is made for a series is made anew when it goes on; only what was found out is kept.
    Path made = folder.resolve("made");
    Rehearsal.delete(made);
    Files.createDirectories(made);
    Rehearsal rehearsal = Rehearsal.of(launcher, made, Long.parseLong(arguments[3]) << 20);
    Kills kills = new Kills(folder, wanted, rehearsal);
    kills.times();
    kills.all(Integer.parseInt(arguments[4]));
    System.exit(kills.verdict());
  }

  private void times() {
    System.out.println("milliseconds of an undisturbed run by phase:");
    for (Act act : Act.all()) {
      StringBuilder line = new StringBuilder(String.format("  %-8s", act.name()));
      for (KillPhase phase : KillPhase.values()) {
        Timeline timeline = rehearsal.script(act).timeline();
        if (timeline.has(phase)) {
          line.append(' ').append(phase.written()).append(' ').append(timeline.millis(phase));
        }
      }
      System.out.println(line);
    }
  }

  private void all(int atOnce) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      Thread thread = new Thread(this::some, "kills-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void some() {
    try {
      for (int number = next(); number > 0; number = next()) {
        one(number);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the number of the next try, 0 when there are enough kills. */
  private synchronized int next() {
    boolean enough = table.size() >= wanted && table.missing().isEmpty();
    return enough || tried >= wanted * TRIES_PER_KILL ? 0 : ++tried;
  }

  private void one(int number) throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(SEED + number);
    Path workspace = folder.resolve("workspace-" + number);
    Rehearsal.delete(workspace);
    Aim aim = aim(number, random);
    try {
      List<KilledRun.Kill> found =
          new KilledRun(rehearsal, aim.act(), random, workspace).examine(aim.moment());
      add(number, found);
      Rehearsal.delete(workspace);
    } catch (IOException | RuntimeException e) {
      fail(number, aim, e);
    }
  }

  /** What is killed when. */
  private record Aim(Act act, Moment moment) {}

  private synchronized Aim aim(int number, SplittableRandom random) {
    List<Act> acts = Act.all();
    if (number % 2 == 1) {
      Act act = acts.get(random.nextInt(acts.size()));
      return new Aim(act, rehearsal.script(act).timeline().anywhere(random));
    }
    List<KillPhase> missing = table.missing();
    KillPhase phase =
        (missing.isEmpty() ? List.of(KillPhase.values()) : missing)
            .stream().min(Comparator.comparingInt(table::count)).orElseThrow();
    List<Act> fit =
        acts.stream().filter(act -> act.has(phase, rehearsal.script(act).timeline())).toList();
    Act act = fit.get(random.nextInt(fit.size()));
    return new Aim(act, moment(act, phase, random));
  }

  private Moment moment(Act act, KillPhase phase, SplittableRandom random) {
    // What is published is seen in the file system, more exactly than in the log.
    if (phase == KillPhase.MODEL) {
      String models = "models/" + act.model().orElseThrow();
      return random.nextBoolean()
          ? new Moment.AfterFile(models, ".unfinished-", random.nextLong(100_000))
          : new Moment.AfterFile(models, "", random.nextLong(5_000));
    }
    if (phase == KillPhase.PUBLISH && random.nextBoolean()) {
      return new Moment.AfterFile("datasets/" + act.dataset(), "", random.nextLong(5_000));
    }
    return rehearsal.script(act).timeline().in(phase, random);
  }

  private synchronized void add(int number, List<KilledRun.Kill> found) throws IOException {
    for (KilledRun.Kill kill : found) {
      table.add(kill);
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      plain.put("try", (long) number);
      plain.putAll(kill.plain());
      write(plain);
    }
    String phases = found.isEmpty() ? "ended first" : String.join(", ", phases(found));
    System.out.printf("%4d of %d  try %d: %s%n", table.size(), wanted, number, phases);
  }

  private static List<String> phases(List<KilledRun.Kill> found) {
    return found.stream().map(kill -> kill.recipe() + " " + kill.phase().written()).toList();
  }

  private synchronized void fail(int number, Aim aim, Exception e) throws IOException {
    String problem =
        "try "
            + number
            + " ("
            + aim.act().name()
            + ", "
            + aim.moment()
            + "): "
            + (e instanceof Misbehaviour ? e.getMessage() : e.toString());
    problems.add(problem);
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("try", (long) number);
    plain.put("problem", problem);
    write(plain);
    System.out.println("FAILED " + problem);
    if (!(e instanceof Misbehaviour)) {
      e.printStackTrace(System.out);
    }
  }

  private void write(Map<String, @Nullable Object> plain) throws IOException {
    Files.writeString(
        record,
        Json.write(plain) + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Tells what was found; 0 if all is as it must be. */
  private int verdict() {
    System.out.println();
    System.out.print(table.markdown());
    problems.forEach(problem -> System.out.println("FAILED " + problem));
    for (KillPhase phase : table.missing()) {
      System.out.printf(
          "FAILED %d kills in %s; at least %d must be%n",
          table.count(phase), phase.written(), KillTable.ENOUGH);
    }
    boolean good = problems.isEmpty() && table.missing().isEmpty() && table.size() >= wanted;
    return good ? 0 : 1;
  }
}
