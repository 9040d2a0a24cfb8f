package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.operator.Registry;
import dev.quern.recipe.RecipeSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Documentation that is made from the code is as the code says. */
final class GeneratedDocsTest {
  private final Registry registry = Registry.load(GeneratedDocsTest.class.getClassLoader());

  @Test
  void theSchemaOfRecipesIsWhatTheOperatorsSay() throws IOException {
    golden("quern.schema.json", RecipeSchema.json(registry, Locale.ENGLISH));
  }

  @Test
  void theReferenceOfOperatorsIsWhatTheOperatorsSay() throws IOException {
    golden("operators.md", OperatorPages.of(registry, Locale.ENGLISH));
    golden("operators.zh-CN.md", OperatorPages.of(registry, Locale.SIMPLIFIED_CHINESE));
  }

  private static void golden(String name, String wanted) throws IOException {
    Path file = Path.of(System.getProperty("quern.root"), "docs", name);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, wanted, StandardCharsets.UTF_8);
    }
    assertThat(Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "")
        .as("docs/" + name + " is made from the operators; -Dgolden.update=true rewrites it")
        .isEqualTo(wanted);
  }
}
