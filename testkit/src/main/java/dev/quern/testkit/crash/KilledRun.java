package dev.quern.testkit.crash;

import dev.quern.format.json.Json;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One run that is killed, perhaps several times, and run again until it ends; then what must hold:
 * it came to what an undisturbed run comes to, earlier versions are untouched, and what {@code
 * quern gc} leaves is all explained, readable and enough for a run that computes nothing.
 */
final class KilledRun {
  /** One kill in so many is followed by another, of the run that continues. */
  private static final int AGAIN = 2;

  /** So often at most. */
  private static final int MOST = 4;

  /** Before one continuation in so many the workspace is cleared up. */
  private static final int CLEARED = 4;

  /** One {@code quern gc} in so many is killed too. */
  private static final int GC_KILLED = 6;

  /** One earlier version in so many is also compared by exporting it. */
  private static final int EXPORTED = 8;

  private final Rehearsal rehearsal;
  private final Act act;
  private final Rehearsal.Script script;
  private final SplittableRandom random;
  private final Path workspace;
  private final Program program;

  /**
   * Prepares a run in the new folder {@code workspace}.
   *
   * @param random decides where it is killed again and how it is executed
   */
  KilledRun(Rehearsal rehearsal, Act act, SplittableRandom random, Path workspace) {
    this.rehearsal = rehearsal;
    this.act = act;
    this.script = rehearsal.script(act);
    this.random = random;
    this.workspace = workspace;
    this.program = rehearsal.program();
  }

  /**
   * A kill and the run after it.
   *
   * @param phase what the process was doing
   * @param repeated whether the killed run was itself the continuation of a killed one
   * @param source size of the recipe's source files in bytes
   * @param read of these, read by the next run; empty if that was killed too
   * @param cleared whether the workspace was cleared up in between
   */
  record Kill(
      String recipe,
      KillPhase phase,
      Repeated repeated,
      long source,
      OptionalLong read,
      Cleared cleared) {
    Map<String, @Nullable Object> plain() {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      plain.put("recipe", recipe);
      plain.put("phase", phase.written());
      plain.put("repeated", repeated == Repeated.YES);
      plain.put("source_bytes", source);
      plain.put("read", read.isPresent() ? read.getAsLong() : null);
      plain.put("cleared", cleared == Cleared.YES);
      return plain;
    }

    static Kill of(Map<String, @Nullable Object> plain) {
      return new Kill(
          String.valueOf(plain.get("recipe")),
          KillPhase.of(String.valueOf(plain.get("phase"))),
          Boolean.TRUE.equals(plain.get("repeated")) ? Repeated.YES : Repeated.NO,
          plain.get("source_bytes") instanceof Long bytes ? bytes : 0,
          plain.get("read") instanceof Long bytes ? OptionalLong.of(bytes) : OptionalLong.empty(),
          Boolean.TRUE.equals(plain.get("cleared")) ? Cleared.YES : Cleared.NO);
    }
  }

  enum Repeated {
    NO,
    YES
  }

  enum Cleared {
    NO,
    YES
  }

  /**
   * Kills at {@code moment} and examines what comes of it.
   *
   * @return the kills; none if the process had ended before
   * @throws Misbehaviour if anything is not as it must be
   */
  List<Kill> examine(Moment moment) throws IOException, InterruptedException {
    Rehearsal.copy(rehearsal.base(), workspace);
    List<KillPhase> phases = new ArrayList<>();
    List<Cleared> cleared = new ArrayList<>();
    Moment next = moment;
    while (phases.size() < MOST) {
      Optional<KillPhase> phase = kill(next);
      if (phase.isEmpty()) {
        break;
      }
      phases.add(phase.get());
      earlierVersionsStand("after a kill");
      cleared.add(random.nextInt(CLEARED) == 0 ? clear() : Cleared.NO);
      if (random.nextInt(AGAIN) > 0) {
        break;
      }
      next = script.timeline().anywhere(random);
    }
    if (phases.isEmpty()) {
      return List.of();
    }
    program.run(act.run(workspace, way()));
    RunOutcome outcome = RunOutcome.newest(workspace);
    outcome.mustBe(script.outcome(), "the run after " + phases);
    headsStand();
    clear();
    isCleared();
    everythingReads();
    computesNothing();
    List<Kill> kills = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      OptionalLong read =
          i == phases.size() - 1 ? OptionalLong.of(outcome.readBytes()) : OptionalLong.empty();
      kills.add(
          new Kill(
              act.name(),
              phases.get(i),
              i == 0 ? Repeated.NO : Repeated.YES,
              outcome.sourceBytes(),
              read,
              cleared.get(i)));
    }
    return kills;
  }

  private Act.Way way() {
    return new Act.Way(1 + random.nextInt(3), random.nextInt(3) == 0 ? "16m" : "1m");
  }

  /** Runs until {@code moment}; empty if the run came to its end before. */
  private Optional<KillPhase> kill(Moment moment) throws IOException, InterruptedException {
    Moment.Before before = Moment.Before.in(workspace);
    Program.Started started = program.start(act.run(workspace, way()));
    moment.await(started.process(), workspace, before);
    boolean killed = started.kill();
    Program.Said said = started.finish();
    if (!killed) {
      if (said.code() != 0) {
        throw new Misbehaviour("a run must end with 0; found: " + said.code() + "\n" + said.err());
      }
      return Optional.empty();
    }
    List<String> runs = Moment.runs(workspace);
    runs.removeAll(before.runs());
    if (runs.isEmpty()) {
      return Optional.of(KillPhase.PLAN);
    }
    List<KillPhase> phases =
        KillPhase.after(KillPhase.events(workspace.resolve("runs").resolve(runs.get(0))), act);
    KillPhase phase = phases.isEmpty() ? KillPhase.PLAN : phases.get(phases.size() - 1);
    boolean drafted =
        phase == KillPhase.TRAIN
            && !Moment.Before.in(workspace).files().stream()
                .filter(file -> file.startsWith("models/" + act.model().orElse("") + "/"))
                .allMatch(before.files()::contains);
    return Optional.of(drafted ? KillPhase.MODEL : phase);
  }

  /** Clears up; now and then this is killed as well, and done again. */
  private Cleared clear() throws IOException, InterruptedException {
    List<String> gc = List.of("gc", "--workspace", workspace.toString());
    if (random.nextInt(GC_KILLED) == 0) {
      Program.Started started = program.start(gc);
      new Moment.AfterLines(0, 1000L * (100 + random.nextInt(300)))
          .await(started.process(), workspace, Moment.Before.in(workspace));
      started.kill();
      started.finish();
    }
    program.run(gc);
    return Cleared.YES;
  }

  private void earlierVersionsStand(String when) throws IOException, InterruptedException {
    Map<String, String> now = Rehearsal.versions(workspace);
    for (Map.Entry<String, String> file : rehearsal.earlier().entrySet()) {
      if (!file.getValue().equals(now.get(file.getKey()))) {
        throw new Misbehaviour(file.getKey() + " must be untouched " + when + "; found: changed");
      }
    }
    Workspace store = new Workspace(workspace);
    for (String name : store.datasets().names()) {
      if (!store.datasets().versions(name).isEmpty() && rehearsal.exports().containsKey(name)) {
        store.datasets().resolve(Reference.parse(name));
        if (random.nextInt(EXPORTED) == 0) {
          export(name);
        }
      }
    }
    for (String name : store.models().names()) {
      for (String id : store.models().versions(name)) {
        store.models().resolve(new Reference(name, Optional.of(id)));
      }
    }
  }

  private void export(String name) throws IOException, InterruptedException {
    Path file = workspace.resolveSibling(workspace.getFileName() + ".csv");
    String found = Rehearsal.export(program, workspace, name + "@1", file);
    if (!found.equals(rehearsal.exports().get(name))) {
      throw new Misbehaviour(name + "@1 must be exported as before; found: other samples");
    }
  }

  private void headsStand() throws IOException {
    Workspace store = new Workspace(workspace);
    Map<String, String> heads = new TreeMap<>();
    for (String name : store.datasets().names()) {
      heads.put("dataset " + name, store.datasets().head(name).orElse("none"));
    }
    for (String name : store.models().names()) {
      heads.put("model " + name, store.models().head(name).orElse("none"));
    }
    String version = script.outcome().version();
    if (!version.equals(heads.get("dataset " + act.dataset()))) {
      throw new Misbehaviour("HEAD must be " + version + "; found: " + heads);
    }
    String model = script.outcome().modelVersion();
    if (act.model().isPresent() && !model.equals(heads.get("model " + act.model().get()))) {
      throw new Misbehaviour("HEAD of the model must be " + model + "; found: " + heads);
    }
  }

  private void isCleared() throws IOException {
    List<String> orphans = Inventory.orphans(workspace);
    if (!orphans.isEmpty()) {
      throw new Misbehaviour("quern gc must leave no orphan; found: " + orphans);
    }
    TreeSet<String> found = new TreeSet<>(Inventory.names(workspace));
    TreeSet<String> wanted = new TreeSet<>(script.files());
    if (!found.equals(wanted)) {
      TreeSet<String> more = new TreeSet<>(found);
      more.removeAll(wanted);
      wanted.removeAll(found);
      throw new Misbehaviour(
          "the workspace must hold what an undisturbed run leaves; found: "
              + more
              + " more and not "
              + wanted);
    }
  }

  private void everythingReads() throws IOException, InterruptedException {
    earlierVersionsStand("after quern gc");
    Workspace store = new Workspace(workspace);
    for (String id : store.datasets().versions(act.dataset())) {
      Manifest manifest = store.datasets().manifest(act.dataset(), id);
      Readback.check(store, manifest);
    }
    for (String run : Moment.runs(workspace)) {
      Json.parseObject(Files.readString(store.runs().resolve(run).resolve("report.json")));
    }
  }

  private void computesNothing() throws IOException, InterruptedException {
    program.run(act.run(workspace, way()));
    RunOutcome outcome = RunOutcome.newest(workspace);
    outcome.mustBe(script.outcome(), "a cached run");
    if (!outcome.cached() || outcome.readBytes() > 0) {
      throw new Misbehaviour(
          "a run after quern gc must compute nothing; found: " + outcome.readBytes() + " bytes");
    }
  }
}
