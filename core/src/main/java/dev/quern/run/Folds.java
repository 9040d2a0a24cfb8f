package dev.quern.run;

import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.RunContext;
import dev.quern.engine.Task;
import dev.quern.operator.Analyzer;
import dev.quern.operator.AttemptAnalyzer;
import dev.quern.operator.Fit;
import dev.quern.operator.Fits;
import dev.quern.operator.Fitter;
import dev.quern.operator.Metric;
import dev.quern.operator.MetricSet;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.operator.StepRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads what folds have collected: fits of fitters, metrics of analyzers. */
final class Folds {
  private final Registry registry;
  private final RunContext run;
  private final Secrets secrets;
  private final Fits fits;
  private final AttemptAnalyzer.Log attempts;

  Folds(Registry registry, RunContext run, Secrets secrets, Fits fits) {
    this(registry, run, secrets, fits, AttemptAnalyzer.Log.NONE);
  }

  /** Makes folds whose analyzers of attempts look into {@code attempts}. */
  Folds(
      Registry registry, RunContext run, Secrets secrets, Fits fits, AttemptAnalyzer.Log attempts) {
    this.registry = registry;
    this.attempts = attempts;
    this.fits = fits;
    this.run = run;
    this.secrets = secrets;
  }

  /** Returns the state of analyzer {@code position} of the set of {@code task}. */
  byte[] part(Task task, Schema input, byte[] state, int position) throws IOException {
    MetricSet set = (MetricSet) OperatorTasks.operator(registry, task);
    return set.read(in(state), input, step(task)).written(position);
  }

  /** Returns what the set of {@code task} needs to judge samples of {@code input}. */
  Fit judged(Task task, Schema input, byte[] state) throws IOException {
    MetricSet set = (MetricSet) OperatorTasks.operator(registry, task);
    return set.judged(set.read(in(state), input, step(task)), input);
  }

  /**
   * Returns whether the set of {@code task} needs a second fold before it judges by {@code fit}.
   */
  boolean looksAgain(Task task, Schema input, Fit fit) {
    return ((MetricSet) OperatorTasks.operator(registry, task)).looksAgain(input, fit);
  }

  /** Returns {@code fit} with what the second fold has collected. */
  Fit completed(Task task, Schema input, Fit fit, byte[] state) throws IOException {
    return ((MetricSet) OperatorTasks.operator(registry, task)).completed(input, fit, in(state));
  }

  /** Returns what the fitter of {@code task} has learnt from samples of {@code input}. */
  Fit fit(Task task, Schema input, byte[] state) throws IOException {
    return fit((Fitter<?>) OperatorTasks.operator(registry, task), task, input, state);
  }

  private <A extends Accumulator<A>> Fit fit(
      Fitter<A> fitter, Task task, Schema input, byte[] state) throws IOException {
    if (task.fit().isPresent()) {
      Fit earlier = fits.fit(task.fit().get());
      return fitter.fit(fitter.read(in(state), input, earlier, step(task)), input, earlier);
    }
    return fitter.fit(fitter.read(in(state), input, step(task)), input);
  }

  /** Returns the metrics of the analyzer of {@code task} over samples of {@code input}. */
  List<Metric> metrics(Task task, Schema input, byte[] state) throws IOException {
    return metrics((Analyzer<?>) OperatorTasks.operator(registry, task), task, input, state);
  }

  private <A extends Accumulator<A>> List<Metric> metrics(
      Analyzer<A> analyzer, Task task, Schema input, byte[] state) throws IOException {
    if (analyzer instanceof AttemptAnalyzer<?> ofAttempts) {
      return ofAttempts.metrics(attempts.of(ofAttempts.source()));
    }
    return analyzer.metrics(analyzer.read(in(state), input, step(task)), input);
  }

  /** Returns whether the analyzer of {@code task} needs to know more than a fold collects. */
  boolean looksElsewhere(Task task) {
    return reference(task).isPresent()
        || OperatorTasks.operator(registry, task) instanceof AttemptAnalyzer<?>;
  }

  /** Returns the version that the analyzer of {@code task} compares with, if it does. */
  Optional<String> reference(Task task) {
    return ((Analyzer<?>) OperatorTasks.operator(registry, task)).reference();
  }

  /** Returns the metrics of {@code state} compared with the state of other samples. */
  List<Metric> metrics(
      Task task, Schema input, byte[] state, Schema referenceInput, byte[] reference)
      throws IOException {
    Analyzer<?> analyzer = (Analyzer<?>) OperatorTasks.operator(registry, task);
    return compared(analyzer, task, input, state, referenceInput, reference);
  }

  private <A extends Accumulator<A>> List<Metric> compared(
      Analyzer<A> analyzer,
      Task task,
      Schema input,
      byte[] state,
      Schema referenceInput,
      byte[] reference)
      throws IOException {
    A mine = analyzer.read(in(state), input, step(task));
    A others = analyzer.read(in(reference), referenceInput, step(task));
    return analyzer.metrics(mine, input, others, referenceInput);
  }

  /**
   * Returns the state of all that the states {@code parts}, of one at least, have seen together, of
   * samples of {@code input}.
   */
  byte[] merged(Task task, Schema input, List<byte[]> parts) throws IOException {
    return parts.size() == 1
        ? parts.get(0)
        : merged((Analyzer<?>) OperatorTasks.operator(registry, task), task, input, parts);
  }

  private <A extends Accumulator<A>> byte[] merged(
      Analyzer<A> analyzer, Task task, Schema input, List<byte[]> parts) throws IOException {
    // Begun with a state, not with none: fields that it was collected of may be there no more.
    A whole = analyzer.read(in(parts.get(0)), input, step(task));
    for (byte[] part : parts.subList(1, parts.size())) {
      whole.merge(analyzer.read(in(part), input, step(task)));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    whole.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private StepRun step(Task task) {
    return new StepRun(task.step(), run, secrets);
  }

  private static DataInputStream in(byte[] state) {
    return new DataInputStream(new ByteArrayInputStream(state));
  }
}
