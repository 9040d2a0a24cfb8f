package dev.quern.run;

import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.RunContext;
import dev.quern.engine.Task;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Metric;
import dev.quern.operator.MetricSet;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.operator.StepRun;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;

/** Reads what folds have collected: fits of fitters, metrics of analyzers. */
final class Folds {
  private final Registry registry;
  private final RunContext run;
  private final Secrets secrets;

  Folds(Registry registry, RunContext run, Secrets secrets) {
    this.registry = registry;
    this.run = run;
    this.secrets = secrets;
  }

  /** Returns what the set of {@code task} needs to judge samples of {@code input}. */
  Fit judged(Task task, Schema input, byte[] state) throws IOException {
    MetricSet set = (MetricSet) OperatorTasks.operator(registry, task);
    return set.judged(set.read(in(state), input, step(task)), input);
  }

  /** Returns what the fitter of {@code task} has learnt from samples of {@code input}. */
  Fit fit(Task task, Schema input, byte[] state) throws IOException {
    return fit((Fitter<?>) OperatorTasks.operator(registry, task), task, input, state);
  }

  private <A extends Accumulator<A>> Fit fit(
      Fitter<A> fitter, Task task, Schema input, byte[] state) throws IOException {
    return fitter.fit(fitter.read(in(state), input, step(task)), input);
  }

  /** Returns the metrics of the analyzer of {@code task} over samples of {@code input}. */
  List<Metric> metrics(Task task, Schema input, byte[] state) throws IOException {
    return metrics((Analyzer<?>) OperatorTasks.operator(registry, task), task, input, state);
  }

  private <A extends Accumulator<A>> List<Metric> metrics(
      Analyzer<A> analyzer, Task task, Schema input, byte[] state) throws IOException {
    return analyzer.metrics(analyzer.read(in(state), input, step(task)), input);
  }

  private StepRun step(Task task) {
    return new StepRun(task.step(), run, secrets);
  }

  private static DataInputStream in(byte[] state) {
    return new DataInputStream(new ByteArrayInputStream(state));
  }
}
