package dev.quern.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.quern.format.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeSchemaTest {
  private final Validator validator =
      new ValidatorFactory().withJsonNodeFactory(new Plain.Factory()).createValidator();
  private final String schema = RecipeSchema.json(SmallCatalog.registry(), Locale.ENGLISH);
  private final URI uri = validator.registerSchema(schema);

  private boolean accepts(String yaml) {
    List<Problem> problems = new ArrayList<>();
    Object plain = YamlReader.read(yaml, "r.yaml", problems).orElseThrow().plain();
    assertThat(problems).isEmpty();
    return validator.validate(uri, Json.write(plain)).isValid();
  }

  @Test
  void acceptsWhatTheReaderAccepts() {
    assertThat(accepts(RecipeReaderTest.GOOD)).isTrue();
    assertThat(
            accepts(
                """
                recipe: r
                inputs:
                  a: { read: [{acquire.lines: {path: a}}], steps: [quality.trim] }
                  b: { read: [{dataset: d}] }
                combine: { known: { field: text } }
                """))
        .isTrue();
    assertThat(accepts("recipe: r\nread: [{dataset: d}]\n")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read: [{dataset: d}]",
        "recipe: r",
        "recipe: R!\nread: [{dataset: d}]",
        "recipe: r\nread: []",
        "recipe: r\nread: [{dataset: d}]\nwrites: x",
        "recipe: r\nread: [{dataset: d, acquire.lines: {path: x}}]",
        "recipe: r\nread: [{acquire.lines: {}}]",
        "recipe: r\nread: [{acquire.lines: {path: x, feild: y}}]",
        "recipe: r\nread: [{quality.trim: {}}]",
        "recipe: r\nread: [{dataset: d, split: dev}]",
        "recipe: r\nread: [{dataset: d}]\nsteps: [quality.length]",
        "recipe: r\nread: [{dataset: d}]\nsteps: [quality.trimm]",
        "recipe: r\nread: [{dataset: d}]\nsteps: [{quality.length: {field: x, min: -1}}]",
        "recipe: r\nread: [{dataset: d}]\nsteps: [{quality.length: {field: x, min_fraction: 1.5}}]",
        "recipe: r\nread: [{dataset: d}]\nsteps: [{quality.trim: {}, quality.length: {field: x}}]",
        "recipe: r\nread: [{dataset: d}]\nsteps: [{quality.trim: {}, split: train}]",
        "recipe: r\nread: [{dataset: d}]\nsteps: [train.mean]",
        "recipe: r\nread: [{dataset: d}]\nmodel: {name: m, train.mean: {}}",
        "recipe: r\nread: [{dataset: d}]\nmodel: {name: m, target: t}",
        "recipe: r\nread: [{dataset: d}]\nroles: {a: boss}",
        "recipe: r\nread: [{dataset: d}]\ninputs: {a: {read: [{dataset: d}]}}",
        "recipe: r\ninputs: {a: {read: [{dataset: d}]}, b: {read: [{dataset: e}]}}",
        "recipe: r\nread: [{dataset: d}]\nmax_quarantined: 2",
      })
  void refusesWhatTheReaderRefuses(String yaml) {
    assertThat(accepts(yaml)).isFalse();
    RecipeReader reader = new RecipeReader(SmallCatalog.registry());
    assertThatThrownBy(() -> reader.read(yaml, "r.yaml", Path.of("/"), List.of()))
        .isInstanceOf(RecipeException.class);
  }

  @Test
  void parametersAreExplainedInBothLanguages() {
    assertThat(schema)
        .contains("\"description\": \"least length a whole number >= 0 (characters)\"")
        .contains("\"default\": 1");
    assertThat(RecipeSchema.json(SmallCatalog.registry(), Locale.CHINESE)).contains("说明");
  }

  /** The values of our JSON for the validator, which knows no library that we use. */
  private record Plain(Object value, String getJsonPointer) implements JsonNode {
    static final class Factory implements JsonNodeFactory {
      @Override
      public JsonNode wrap(Object value) {
        return value instanceof JsonNode node ? node : new Plain(value, "");
      }

      @Override
      public JsonNode create(String json) {
        return new Plain(Json.parse(json), "");
      }
    }

    @Override
    public SimpleType getNodeType() {
      if (value == null) {
        return SimpleType.NULL;
      } else if (value instanceof Boolean) {
        return SimpleType.BOOLEAN;
      } else if (value instanceof String) {
        return SimpleType.STRING;
      } else if (value instanceof Number) {
        return asNumber().stripTrailingZeros().scale() <= 0
            ? SimpleType.INTEGER
            : SimpleType.NUMBER;
      }
      return value instanceof List ? SimpleType.ARRAY : SimpleType.OBJECT;
    }

    @Override
    public boolean asBoolean() {
      return (Boolean) value;
    }

    @Override
    public String asString() {
      return String.valueOf(value);
    }

    @Override
    public BigInteger asInteger() {
      return asNumber().toBigInteger();
    }

    @Override
    public BigDecimal asNumber() {
      return new BigDecimal(value.toString());
    }

    @Override
    public List<JsonNode> asArray() {
      List<JsonNode> nodes = new ArrayList<>();
      for (Object part : (List<?>) value) {
        nodes.add(new Plain(part, getJsonPointer + "/" + nodes.size()));
      }
      return nodes;
    }

    @Override
    public Map<String, JsonNode> asObject() {
      Map<String, JsonNode> nodes = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach(
              (key, part) ->
                  nodes.put(
                      key.toString(),
                      new Plain(
                          part,
                          getJsonPointer + "/" + JsonNode.encodeJsonPointer(key.toString()))));
      return nodes;
    }
  }
}
