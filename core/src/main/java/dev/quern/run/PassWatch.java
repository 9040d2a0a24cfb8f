package dev.quern.run;

import dev.quern.engine.Attempts;
import dev.quern.engine.DamagedFiles;
import dev.quern.engine.Phase;
import dev.quern.engine.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks on at one pass: tells the listener and the log, and keeps its phases for the report. */
final class PassWatch implements Progress {
  private final String step;
  private final RunListener listener;
  private final RunEvents events;
  private final AttemptLog attempts;
  private final DamagedFiles damaged;
  private final List<Phase> phases = new ArrayList<>();

  PassWatch(
      String step,
      RunListener listener,
      RunEvents events,
      AttemptLog attempts,
      DamagedFiles damaged) {
    this.damaged = damaged;
    this.step = step;
    this.listener = listener;
    this.events = events;
    this.attempts = attempts;
  }

  @Override
  public void advanced(long done, long all, long samples) {
    listener.advanced(done, all, "bytes", samples, "");
    events.advanced(step, done, all, samples);
  }

  @Override
  public void began(Phase.Verb verb, String of, Phase.From from) {
    events.phaseBegan(of.isEmpty() ? step : of, verb, from);
  }

  @Override
  public void ended(Phase phase) {
    phases.add(phase);
    events.phaseEnded(step, phase);
  }

  @Override
  public void attempted(Attempts found) {
    attempts.read(found);
  }

  @Override
  public void damaged(Path file) {
    damaged.add(file);
  }

  List<Phase> phases() {
    return List.copyOf(phases);
  }
}
