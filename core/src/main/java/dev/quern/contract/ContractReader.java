package dev.quern.contract;

import dev.quern.check.Check;
import dev.quern.data.Schema;
import dev.quern.operator.Registry;
import dev.quern.recipe.Located;
import dev.quern.recipe.Position;
import dev.quern.recipe.Problem;
import dev.quern.recipe.YamlReader;
import dev.quern.text.Suggestion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads data contracts of the Open Data Contract Standard 3 (bitol.io) as checks: quality rules of
 * type library and custom (engine quern), and what properties say of their values. What cannot be
 * executed here is named, never passed over. Every problem is collected with its place.
 */
public final class ContractReader {
  private final Rules rules;
  private final List<Problem> problems;

  private ContractReader(Rules rules, List<Problem> problems) {
    this.rules = rules;
    this.problems = problems;
  }

  /**
   * What is read of a contract.
   *
   * @param schema name of the schema object; empty for the one called like the dataset, or the only
   *     one
   * @param dataset name of the dataset
   * @param fields of the dataset; empty where they are not known yet: rules that depend on their
   *     types are left out then
   * @param failing what becomes of failing samples
   */
  public record Choice(
      Optional<String> schema, String dataset, Optional<Schema> fields, Check.Failing failing) {}

  /**
   * Reads the contract in {@code file}; every problem is added to {@code problems}.
   *
   * @param shown the name that places show
   * @return what it asks for as far as it can be understood, or empty if there is no such schema
   */
  public static Optional<Contract> read(
      Path file, String shown, Choice choice, Registry registry, List<Problem> problems)
      throws IOException {
    Position start = new Position(shown, 1, 1);
    if (!Files.isRegularFile(file)) {
      String found = Files.isDirectory(file) ? "a folder" : "nothing";
      String message = "contract must be a file; found: " + found;
      problems.add(new Problem(new Position(shown, 0, 0), "file_not_found", message));
      return Optional.empty();
    }
    String text;
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      String message = "contract must be UTF-8; found: bytes that are not; save it as UTF-8";
      problems.add(new Problem(start, "encoding", message));
      return Optional.empty();
    }
    int before = problems.size();
    Optional<Located> root = YamlReader.read(text, shown, problems);
    if (root.isEmpty() && problems.size() > before) {
      return Optional.empty();
    }
    if (root.isEmpty() || !(root.get() instanceof Located.Mapping document)) {
      String found = root.map(Located::kind).orElse("nothing");
      problems.add(new Problem(start, "wrong_value", "contract must be a map; found: " + found));
      return Optional.empty();
    }
    Rules rules = new Rules(registry, choice, problems);
    return new ContractReader(rules, problems).contract(document, choice);
  }

  private Optional<Contract> contract(Located.Mapping document, Choice choice) {
    String kind = Values.text(document, "kind").orElse("nothing");
    if (!kind.equals("DataContract")) {
      problem(document.place("kind"), "kind must be DataContract; found: " + kind);
    }
    String version = Values.text(document, "apiVersion").orElse("nothing");
    if (!version.matches("v3\\.\\d+\\.\\d+")) {
      problem(
          document.place("apiVersion"), "apiVersion must be v3, at best v3.2.0; found: " + version);
    }
    Optional<Located.Mapping> object = object(document, choice);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    quality(object.get(), Optional.empty());
    PropertyRules properties = new PropertyRules(rules, choice.fields());
    List<String> keys = new ArrayList<>();
    for (Located part : Values.list(object.get(), "properties")) {
      if (part instanceof Located.Mapping property && Values.name(property).isPresent()) {
        if (rules.knows(property)) {
          properties.add(property);
          quality(property, Values.name(property));
          if (Values.isTrue(property, "primaryKey")) {
            keys.add(Values.name(property).get());
          }
        }
      } else {
        problem(part.place(), "property must be a map with name; found: " + part.kind());
      }
    }
    if (!keys.isEmpty()) {
      rules.unique(keys, "primary key", object.get().place("properties"));
    }
    return Optional.of(
        new Contract(
            Values.name(object.get()).orElse(choice.dataset()), rules.rules(), rules.skipped()));
  }

  private Optional<Located.Mapping> object(Located.Mapping document, Choice choice) {
    List<Located.Mapping> objects = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Located part : Values.list(document, "schema")) {
      if (part instanceof Located.Mapping object) {
        objects.add(object);
        names.add(Values.name(object).orElse(""));
      }
    }
    int position = names.indexOf(choice.schema().orElse(choice.dataset()));
    if (position < 0 && choice.schema().isEmpty() && objects.size() == 1) {
      position = 0;
    }
    if (position < 0) {
      String wanted = choice.schema().orElse(choice.dataset());
      problem(
          document.place("schema"),
          "schema must have an object called "
              + wanted
              + "; found: "
              + (names.isEmpty() ? "none" : String.join(", ", names))
              + Suggestion.of(wanted, names));
      return Optional.empty();
    }
    return Optional.of(objects.get(position));
  }

  private void quality(Located.Mapping owner, Optional<String> property) {
    LibraryRules library = new LibraryRules(rules);
    for (Located part : Values.list(owner, "quality")) {
      if (part instanceof Located.Mapping rule) {
        library.add(rule, property);
      } else {
        problem(part.place(), "quality rule must be a map; found: " + part.kind());
      }
    }
  }

  private void problem(Position place, String message) {
    problems.add(new Problem(place, "contract_invalid", message));
  }
}
