package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Linking;

/** An operator that uses the verb connect: it names what samples are linked by. */
public interface Linker {

  /** Returns the code for samples of {@code input}, for one thread. */
  Linking links(Schema input, StepRun run);
}
