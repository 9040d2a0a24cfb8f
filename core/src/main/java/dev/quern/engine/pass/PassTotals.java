package dev.quern.engine.pass;

import dev.quern.data.Digest;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Folding;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Shard;
import dev.quern.engine.StepCounts;
import dev.quern.engine.Stored;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts together what the tasks of all stages left, in their order. */
final class PassTotals {
  private final Pass pass;
  private final PassSetting setting;
  private final List<TaskLine> lines = new ArrayList<>();
  private final List<Accumulator<?>> folds = new ArrayList<>();

  PassTotals(Pass pass, PassSetting setting) {
    this.pass = pass;
    this.setting = setting;
    setting.foldings().forEach(folding -> folds.add(folding.zero()));
  }

  /**
   * Adds a finished stage.
   *
   * @param positions in the pass of the folds the stage filled
   */
  void add(List<TaskLine> stage, List<Integer> positions) throws IOException {
    lines.addAll(stage);
    for (int i = 0; i < positions.size(); i++) {
      int fold = positions.get(i);
      Folding folding = setting.foldings().get(fold);
      for (TaskLine line : stage) {
        try (DataInputStream in =
            new DataInputStream(new ByteArrayInputStream(bytes(line.states().get(i))))) {
          merge(folds.get(fold), folding.read(in));
        }
      }
    }
  }

  private byte[] bytes(TaskLine.State state) throws IOException {
    if (state.bytes() != null) {
      return state.bytes();
    }
    if (state.file() == null) {
      throw new IllegalStateException("a state must be in the journal or in a file");
    }
    return setting.folder().files().content(setting.folder().file(state.file().name()));
  }

  /** Both are made by one folding, so they are of one class. */
  @SuppressWarnings("unchecked")
  private static <A extends Accumulator<A>> void merge(Accumulator<?> into, Accumulator<?> more) {
    ((A) into).merge((A) more);
  }

  PassResult result(List<TaskLine> last, Set<String> steps) throws IOException {
    Digest digest = new Digest();
    long[] splits = new long[4];
    for (TaskLine line : last) {
      long[] state = line.digest();
      digest.mergeState(new long[] {state[0], state[1], state[2], state[3]}, state[4]);
      for (int i = 0; i < splits.length; i++) {
        splits[i] += line.splits()[i];
      }
    }
    List<byte[]> states = new ArrayList<>();
    for (Accumulator<?> fold : folds) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      fold.write(new DataOutputStream(bytes));
      states.add(bytes.toByteArray());
    }
    return new PassResult(
        stored(last),
        pass.output() instanceof Pass.Output.None
            ? ""
            : setting.folder().files().told(digest.of(pass.samples().schema())),
        states,
        counts(steps),
        splits,
        aside(TaskLine::dropped),
        aside(TaskLine::changed),
        new Quarantine(setting.folder()).collect(lines),
        setting.meter().cost());
  }

  private Stored stored(List<TaskLine> last) {
    List<Shard> shards = new ArrayList<>();
    for (TaskLine.Made file : TaskLine.files(last)) {
      Path path =
          pass.output() instanceof Pass.Output.Written written
              ? written.shards().toAbsolutePath().resolve(file.name())
              : setting.folder().file(file.name());
      shards.add(new Shard(path.toString(), file.sha256(), file.samples(), file.bytes()));
    }
    Stored.Format format =
        pass.output() instanceof Pass.Output.Written ? Stored.Format.PARQUET : Stored.Format.BLOCKS;
    return new Stored(pass.samples().key(), pass.samples().schema(), format, List.copyOf(shards));
  }

  private Map<String, StepCounts> counts(Set<String> steps) {
    Map<String, StepCounts> counts = new LinkedHashMap<>();
    steps.forEach(step -> counts.put(step, StepCounts.ZERO));
    for (TaskLine line : lines) {
      line.counts().forEach((step, count) -> counts.merge(step, count, StepCounts::plus));
    }
    return counts;
  }

  private List<Path> aside(Function<TaskLine, TaskLine.@Nullable Beside> kind) {
    List<Path> files = new ArrayList<>();
    for (TaskLine line : lines) {
      TaskLine.Beside file = kind.apply(line);
      if (file != null) {
        files.add(setting.folder().file(file.name()));
      }
    }
    return files;
  }
}
