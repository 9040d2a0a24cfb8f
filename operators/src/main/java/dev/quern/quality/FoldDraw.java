package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.engine.RunContext;
import dev.quern.operator.StepRun;
import java.util.Optional;

/** Which fold a sample belongs to: by a draw on its group, or on its id where it has none. */
final class FoldDraw {
  private final int folds;
  private final long seed;
  private final int group;
  private final CanonicalForm form = new CanonicalForm();
  private final Hash128 hash = new Hash128();

  private FoldDraw(int folds, long seed, int group) {
    this.folds = folds;
    this.seed = seed;
    this.group = group;
  }

  static FoldDraw of(Schema input, int folds, StepRun run) {
    Optional<Field> group = input.first(Role.GROUP);
    return new FoldDraw(
        folds, run.run().stepSeed(run.label()), group.map(f -> input.indexOf(f.name())).orElse(-1));
  }

  int folds() {
    return folds;
  }

  /** Returns the fold of the sample in physical row {@code row}. */
  int of(Batch batch, int row) {
    long high = batch.keys().idHigh(row);
    long low = batch.keys().idLow(row);
    if (group >= 0) {
      Column groups = batch.column(group);
      if (!groups.isNull(row)) {
        form.reset().put(groups, row);
        hash.hash(form.bytes(), 0, form.length(), 0);
        high = hash.high();
        low = hash.low();
      }
    }
    return (int) (RunContext.unit(RunContext.draw(seed, high, low)) * folds);
  }
}
