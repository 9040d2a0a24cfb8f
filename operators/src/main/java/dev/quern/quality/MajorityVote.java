package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.operator.Mapper;
import dev.quern.operator.StepRun;
import java.util.List;

/**
 * {@code quality.resolve_annotations} by majority.
 *
 * @param fields one field per annotator
 * @param into the field that is made
 */
record MajorityVote(List<String> fields, String into) implements Mapper {
  @Override
  public Schema output(Schema input) {
    return ResolveAnnotations.resolved(input, fields, into);
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    return new Resolving(
        ResolveAnnotations.positions(input, fields), output, into, new Resolving.Majority());
  }
}
