package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.engine.Task;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Expander;
import dev.quern.operator.Filter;
import dev.quern.operator.Fitter;
import dev.quern.operator.Grouper;
import dev.quern.operator.Learner;
import dev.quern.operator.Mapper;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Reader;
import dev.quern.operator.Registry;
import dev.quern.operator.Serving;
import dev.quern.operator.Step;
import dev.quern.operator.Trainer;
import dev.quern.operator.Transformation;
import dev.quern.operator.Writer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every kind, every verb and every serving place is proven by at least one operator. */
class CatalogCoverageTest {
  private static final Registry REGISTRY =
      Registry.load(CatalogCoverageTest.class.getClassLoader());

  private static List<Class<?>> kinds(Class<?> sealed) {
    List<Class<?>> kinds = new ArrayList<>();
    for (Class<?> kind : sealed.getPermittedSubclasses()) {
      if (kind.isSealed()) {
        kinds.addAll(kinds(kind));
      } else {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static List<Operator> operators() {
    List<Operator> operators = new ArrayList<>();
    for (OperatorSpec spec : REGISTRY.operators()) {
      for (Example example : spec.examples()) {
        operators.add(spec.create().apply(Trial.params(spec, example.parameters())));
      }
    }
    return operators;
  }

  @Test
  void everyKindHasAnOperator() {
    List<Class<?>> kinds = kinds(Operator.class);
    assertThat(kinds)
        .contains(
            Reader.class,
            Mapper.class,
            Filter.class,
            Expander.class,
            Fitter.class,
            Learner.class,
            Grouper.class,
            Analyzer.class,
            Writer.class,
            Trainer.class);
    assertThat(kinds).allSatisfy(kind -> assertThat(operators()).hasAtLeastOneElementOfType(kind));
  }

  @Test
  void everyServingPlaceHasAnOperator() {
    Set<Serving> places = EnumSet.noneOf(Serving.class);
    for (OperatorSpec spec : REGISTRY.operators()) {
      for (Example example : spec.examples()) {
        Operator operator = spec.create().apply(Trial.params(spec, example.parameters()));
        if (operator instanceof Mapper mapper) {
          places.add(mapper.serving(input(example), spec.serving()));
        } else if (operator instanceof Fitter<?> fitter) {
          places.add(fitter.serving(input(example), spec.serving()));
        } else if (operator instanceof Transformation) {
          places.add(Serving.TRAINING_ONLY);
        }
      }
    }
    assertThat(places).containsExactlyInAnyOrder(Serving.values());
  }

  private static Schema input(Example example) {
    return JsonSamples.inputs(example.input()).get(0).schema();
  }

  /**
   * Read, map, group, sort, union and connect are nodes of what operators describe; fold is asked
   * for by fitters and analyzers, write by writers.
   */
  @Test
  void everyVerbIsUsedByAnOperator() {
    Set<String> verbs = new TreeSet<>();
    boolean[] folds = {false};
    for (OperatorSpec spec : REGISTRY.operators()) {
      for (Example example : spec.examples()) {
        Operator operator = spec.create().apply(Trial.params(spec, example.parameters()));
        if (operator instanceof Transformation transformation) {
          collect(described(spec, example, transformation, folds), verbs, new HashSet<>());
        }
        folds[0] |= operator instanceof Analyzer<?>;
      }
    }
    List<String> nodes = new ArrayList<>();
    for (Class<?> node : Samples.class.getPermittedSubclasses()) {
      if (node != Samples.FromStored.class) {
        nodes.add(node.getSimpleName());
      }
    }
    assertThat(verbs).containsExactlyInAnyOrderElementsOf(nodes);
    assertThat(folds[0]).isTrue();
    assertThat(operators()).hasAtLeastOneElementOfType(Writer.class);
  }

  private static Samples described(
      OperatorSpec spec, Example example, Transformation operator, boolean[] folds) {
    Trial trial = Trial.of(spec, example.parameters(), example.input());
    assertThat(trial.operator()).isEqualTo(operator);
    List<Samples> inputs = new ArrayList<>();
    MemorySamples memory =
        new MemorySamples(
            new dev.quern.operator.OperatorTasks(
                REGISTRY,
                key -> {
                  throw new IllegalStateException("nothing runs here");
                },
                Trial.SECRETS),
            new dev.quern.engine.RunContext(42),
            1);
    List<Batch> batches = JsonSamples.inputs(example.input());
    for (int i = 0; i < batches.size(); i++) {
      inputs.add(memory.given(i, batches.get(i).schema(), batches.subList(i, i + 1)));
    }
    return operator.apply(inputs, new Noted(spec, example, folds));
  }

  private static void collect(Samples samples, Set<String> verbs, Set<String> seen) {
    verbs.add(samples.getClass().getSimpleName());
    if (seen.add(samples.key())) {
      samples.inputs().forEach(input -> collect(input, verbs, seen));
    }
  }

  /** A step that notes that its operator folds. */
  private record Noted(OperatorSpec spec, Example example, boolean[] folds) implements Step {
    @Override
    public Task task() {
      return new Task(
          spec.name(),
          spec.name(),
          spec.revision(),
          Trial.params(spec, example.parameters()).canonical(),
          Task.Scope.ALL,
          Optional.empty());
    }

    @Override
    public List<SortKey> order() {
      return List.of();
    }

    @Override
    public Task fit(Samples over) {
      folds[0] = true;
      return task().fitted("fit");
    }

    @Override
    public Task learn(Samples over) {
      return task().fitted("fit");
    }

    @Override
    public Task refit(Task fitted, Samples over) {
      return fit(over);
    }

    @Override
    public Task fitOnAll(Samples over) {
      return fit(over);
    }
  }
}
