package dev.quern.check;

import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import dev.quern.format.json.Json;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives the arguments of one check to the parameters of its analyzer. */
final class CheckArguments {
  private final OperatorSpec spec;
  private final CheckLine line;
  private final String place;
  private final List<Problem> problems;
  private final Map<String, @Nullable Object> given = new LinkedHashMap<>();

  CheckArguments(OperatorSpec spec, CheckLine line, String place, List<Problem> problems) {
    this.spec = spec;
    this.line = line;
    this.place = place;
    this.problems = problems;
  }

  /** Returns the plain values of the parameters; what is wrong has been added to the problems. */
  Map<String, @Nullable Object> given(
      Map<String, @Nullable Object> named, Optional<String> condition) {
    assign();
    named.forEach((parameter, value) -> once(CheckReader.ARGUMENTS, parameter, value));
    condition.ifPresent(this::restrict);
    return given;
  }

  /** Gives names to the parameter of fields and the other arguments to the rest in order. */
  private void assign() {
    List<Param<?>> rest = new ArrayList<>(spec.params());
    rest.removeIf(param -> param.name().equals(CheckReader.WHERE));
    List<CheckLine.Argument> arguments = new ArrayList<>(line.arguments());
    Optional<Param<?>> takesFields =
        rest.stream()
            .filter(p -> p.kind() == Param.Kind.FIELD || p.kind() == Param.Kind.FIELDS)
            .findFirst();
    if (takesFields.isPresent()) {
      Param<?> param = takesFields.get();
      rest.removeIf(other -> other == param);
      List<Object> names = new ArrayList<>();
      boolean several = param.kind() == Param.Kind.FIELDS;
      while (!arguments.isEmpty() && arguments.get(0).isName() && (several || names.isEmpty())) {
        names.add(arguments.remove(0).value());
      }
      if (!names.isEmpty()) {
        given.put(param.name(), several ? names : names.get(0));
      }
    }
    boolean named = false;
    for (CheckLine.Argument argument : arguments) {
      String at = "column " + argument.position() + ": ";
      if (argument.name().isPresent()) {
        named = true;
        once(place, argument.name().get(), argument.value());
      } else if (named) {
        problem(
            place,
            at
                + "arguments after a named one must be named too; found: "
                + Json.write(argument.value()));
        return;
      } else if (rest.isEmpty()) {
        problem(
            place,
            at
                + line.metric()
                + " must have no more arguments; found: "
                + Json.write(argument.value()));
        return;
      } else {
        given.put(rest.remove(0).name(), argument.value());
      }
    }
  }

  private void once(String at, String parameter, @Nullable Object value) {
    if (given.containsKey(parameter)) {
      problem(at, parameter + " must be given once; found: twice");
    }
    given.put(parameter, value);
  }

  private void restrict(String condition) {
    if (spec.params().stream().noneMatch(param -> param.name().equals(CheckReader.WHERE))) {
      problem(place, line.metric() + " must have no where; found: " + condition);
      return;
    }
    try {
      given.put(CheckReader.WHERE, Expression.parse(condition).canonical());
    } catch (ExpressionException e) {
      problem(place, CheckReader.WHERE + ": " + e.getMessage());
    }
  }

  private void problem(String at, @Nullable String message) {
    problems.add(new Problem(at, String.valueOf(message)));
  }
}
