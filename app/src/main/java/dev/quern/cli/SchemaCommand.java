package dev.quern.cli;

import dev.quern.recipe.RecipeSchema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the JSON schema of recipes, for editors. */
@Command(name = "schema")
final class SchemaCommand implements Action {
  @Option(names = "--output", paramLabel = "FILE")
  Optional<Path> output = Optional.empty();

  @Override
  public int run(Session session) throws Exception {
    String schema =
        RecipeSchema.json(session.registry(session.workspace()), session.messages().locale());
    if (output.isEmpty()) {
      session.out().print(schema);
      return Exit.DONE;
    }
    Path file = session.outside().resolve(output.get());
    Files.writeString(file, schema, StandardCharsets.UTF_8);
    session.talk(session.text("schema.written", file, RecipeSchema.HINT));
    return Exit.DONE;
  }
}
