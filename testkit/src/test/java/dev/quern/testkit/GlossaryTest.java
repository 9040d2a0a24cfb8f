package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One word, one meaning: public names use the words of the design's glossary. */
class GlossaryTest {
  /** The words that have no place in a name, each with the word that has. */
  private static final Map<String, String> INSTEAD = instead();

  @Test
  void publicTypesAreNamedInTheWordsOfTheGlossary() {
    JavaClasses shipped = Shipped.classes();
    List<String> violations =
        shipped.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !type.getSimpleName().isEmpty())
            .flatMap(type -> violation(type).stream())
            .sorted()
            .toList();
    assertThat(shipped.size()).isGreaterThan(40);
    assertThat(violations).isEmpty();
  }

  @Test
  void recipeKeysAreNamedInTheWordsOfTheGlossary() {
    List<String> violations = new ArrayList<>();
    for (OperatorSpec spec : Registry.load(GlossaryTest.class.getClassLoader()).operators()) {
      List<String> keys = new ArrayList<>(List.of(spec.name().split("\\.")));
      spec.params().forEach(param -> keys.add(param.name()));
      for (String key : keys) {
        foreign(key)
            .ifPresent(
                word ->
                    violations.add(
                        spec.name() + " " + key + ": say " + INSTEAD.get(word) + " instead"));
      }
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void aWordIsFoundInsideAName() {
    assertThat(foreign("CsvLoader")).contains("loader");
    assertThat(foreign("JobStats")).contains("job");
    assertThat(foreign("StringUtil")).contains("util");
    assertThat(foreign("max_chunk_bytes")).contains("chunk");
  }

  @Test
  void aWordIsNotFoundAcrossOrWithinOtherWords() {
    assertThat(foreign("Sinking")).isEmpty();
    assertThat(foreign("Document")).isEmpty();
    assertThat(foreign("JSONReader")).isEmpty();
  }

  private static Optional<String> violation(JavaClass type) {
    return foreign(type.getSimpleName())
        .map(word -> type.getName() + ": say " + INSTEAD.get(word) + " instead of " + word);
  }

  /** The first word of a camel case or snake case name that the glossary rules out. */
  static Optional<String> foreign(String name) {
    for (String word : name.split("_|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (INSTEAD.containsKey(lower)) {
        return Optional.of(lower);
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> instead() {
    Map<String, String> words = new TreeMap<>();
    put(words, "sample", "doc", "docs", "item", "items");
    put(words, "batch", "chunk", "chunks");
    put(words, "dataset", "corpus", "corpora");
    put(words, "split", "subset");
    put(words, "reader", "loader");
    put(words, "writer", "sink");
    put(words, "recipe or step", "pipeline", "pipelines");
    put(words, "quarantine", "deadletter", "deadletters");
    put(words, "metric", "stat", "stats");
    put(words, "constraint", "expectation", "expectations");
    put(words, "engine", "backend", "runner");
    put(words, "run", "job", "jobs");
    put(words, "lineage", "provenance");
    put(words, "workspace", "repo", "repository");
    put(words, "what it does", "util", "utils", "helper", "manager", "impl");
    return words;
  }

  private static void put(Map<String, String> words, String right, String... wrong) {
    for (String word : wrong) {
      words.put(word, right);
    }
  }
}
