package dev.quern.testkit;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Pass;
import dev.quern.operator.Fit;
import dev.quern.operator.Learner;
import dev.quern.operator.Lesson;
import dev.quern.operator.ModelFiles;
import dev.quern.operator.Registry;
import dev.quern.operator.StepRun;
import dev.quern.operator.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A lesson on samples in memory. */
record TrialLesson(Registry registry, StepRun step, Schema schema, List<Batch> batches)
    implements Lesson {

  Fit learn(Learner learner) {
    try {
      return learner.learn(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ModelFiles models() {
    return new ModelFiles(registry, step.secrets());
  }

  @Override
  public Training training(String target) {
    return new Training() {
      @Override
      public Schema schema() {
        return schema;
      }

      @Override
      public String target() {
        return target;
      }

      @Override
      public long seed() {
        return step.run().seed();
      }

      @Override
      public int threads() {
        return 2;
      }

      @Override
      public long samples(Split split) {
        long found = 0;
        for (Batch batch : batches) {
          for (int i = 0; i < batch.count(); i++) {
            found += batch.keys().split(batch.row(i)) == split ? 1 : 0;
          }
        }
        return found;
      }

      @Override
      public void read(Pass.BatchReceiver receiver) {
        batches.forEach(receiver::receive);
      }

      @Override
      public void progress(long done, long total, String metric) {
        // Nobody watches.
      }
    };
  }
}
