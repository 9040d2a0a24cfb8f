package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Hash128;
import dev.quern.data.Sample;
import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;

/**
 * An expander as code of a map: gives children their ids and ranks, counts them as created and
 * their parents as merged. A sample without children is dropped as {@code no_children}.
 */
public final class ExpanderMapping implements Mapping {
  private final Expander.Expansion expansion;
  private final BatchBuilder children;
  private final Sample sample = new Sample();
  private final Hash128 hash = new Hash128();

  /** Makes the mapping of {@code expansion}, whose children have the fields of {@code output}. */
  public ExpanderMapping(Expander.Expansion expansion, Schema output) {
    this.expansion = expansion;
    this.children = new BatchBuilder(output);
  }

  @Override
  public void map(Batch batch, Outcome out) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      int made = expansion.expand(sample.at(batch, row), children);
      if (made == 0) {
        out.drop(batch, row, "no_children", 0);
        continue;
      }
      for (int number = 0; number < made; number++) {
        children.keys().appendChild(batch.keys(), row, number, hash);
      }
      out.created(made);
      out.merged(1);
      if (children.isFull()) {
        out.keep(children.build());
      }
    }
    if (children.count() > 0) {
      out.keep(children.build());
    }
  }
}
