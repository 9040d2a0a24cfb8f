package dev.quern.operator;

import dev.quern.engine.Accumulator;
import dev.quern.engine.Attempts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An analyzer whose metrics are not of samples but of the attempts to read them, which the
 * workspace keeps. Asked for the metrics of samples it has no value.
 *
 * @param <A> a state that needs to know nothing
 */
public interface AttemptAnalyzer<A extends Accumulator<A>> extends Analyzer<A> {

  /** Returns the name of the source it is about; absent: all that the samples came from. */
  Optional<String> source();

  /** Returns the metrics of {@code attempts}; the first is the one that checks compare. */
  List<Metric> metrics(List<Attempts> attempts);

  /** Where attempts are found. */
  interface Log {
    /** Nothing was tried. */
    Log NONE = source -> List.of();

    /** Returns what was tried of {@code source}, or, where none is named, of all that there are. */
    List<Attempts> of(Optional<String> source) throws IOException;
  }
}
