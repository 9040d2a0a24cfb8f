package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.StepRun;
import dev.quern.privacy.recognise.FieldSample;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detection that judges fields as a whole as well: where one type covers most values of a field,
 * see {@link FieldSample#whole}, every value of it is a finding of that type, also one that no
 * recogniser takes (a telephone number with a letter too much). Such findings are scored by the
 * share of values that recognisers take. Values that a finding covers as a whole keep it, and texts
 * with findings in them are as without this.
 *
 * @param values detection value by value
 */
public record DetectFields(Detect values) implements Fitter<FieldSample> {
  private static final String WHOLE = "whole_fields";

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return values.reads(input, made);
  }

  @Override
  public Schema output(Schema input) {
    return values.output(input);
  }

  @Override
  public FieldSample zero(Schema input, StepRun run) {
    return new FieldSample(values.scalars(input), values.recognisers(), values.minScore());
  }

  @Override
  public FieldSample read(DataInput in, Schema input, StepRun run) throws IOException {
    return FieldSample.read(in, values.scalars(input), values.recognisers(), values.minScore());
  }

  @Override
  public Fit fit(FieldSample state, Schema input) {
    Map<String, @Nullable Object> learnt = new LinkedHashMap<>();
    List<Object> fields = new ArrayList<>();
    for (FieldSample.Whole whole : state.whole(input.names())) {
      String name = input.field(whole.position()).name();
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("field", name);
      one.put("type", whole.type());
      one.put("share", whole.share());
      fields.add(one);
      // By the name of the field it stands in the report.
      learnt.put(name, Map.of("share_of_" + whole.type(), whole.share()));
    }
    learnt.put(WHOLE, fields);
    return new Fit(learnt);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    Map<String, Detecting.Of> whole = new HashMap<>();
    if (fit.values().get(WHOLE) instanceof List<?> fields) {
      for (Object field : fields) {
        if (field instanceof Map<?, ?> one && one.get("share") instanceof Number share) {
          whole.put(
              String.valueOf(one.get("field")),
              new Detecting.Of(String.valueOf(one.get("type")), share.doubleValue()));
        }
      }
    }
    return new Detecting(
        input,
        values.positions(input),
        values.recognisers(),
        values.minScore(),
        values.as(),
        whole);
  }
}
