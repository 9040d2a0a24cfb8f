package dev.quern.cli;

import dev.quern.recipe.RecipeSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a recipe to start from and small made-up data; overwrites nothing. */
@Command(name = "init")
final class InitCommand implements Action {
  @Parameters(paramLabel = "FOLDER", arity = "0..1", descriptionKey = "init.folder")
  Path target = Path.of(".");

  @Override
  public int run(Session session) throws Exception {
    Path folder = session.outside().resolve(target);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("recipe.yaml", template(session.messages()));
    files.put("data/visits.csv", ExampleData.visits());
    files.put(
        RecipeSchema.FILE,
        RecipeSchema.json(
            session.registry(folder.resolve("workspace")), session.messages().locale()));
    for (String name : files.keySet()) {
      Path file = folder.resolve(name);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new UsageException(session.text("init.exists", file));
      }
    }
    Files.createDirectories(folder.resolve("data"));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.writeString(
          path, file.getValue(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
      session.out().println(path);
    }
    Path recipe = target.resolve("recipe.yaml").normalize();
    session.talk(session.text("init.next", recipe));
    return Exit.DONE;
  }

  private static String template(Messages messages) throws IOException {
    String name = "recipe_" + messages.locale().getLanguage() + ".yaml";
    try (InputStream in = InitCommand.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("jar must hold " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
