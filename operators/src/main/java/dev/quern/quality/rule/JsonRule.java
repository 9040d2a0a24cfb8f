package dev.quern.quality.rule;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.quern.data.Field;
import dev.quern.format.json.Json;
import dev.quern.text.StrictJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are JSON (RFC 8259) and fit a JSON Schema, draft 2020-12 unless it names another.
 *
 * @param schema the schema as JSON; {@code {}} takes any JSON
 */
public record JsonRule(String schema) implements Requirement {
  /**
   * Makes a requirement.
   *
   * @throws IllegalArgumentException if {@code schema} is no schema
   */
  public JsonRule {
    try {
      compiled(schema);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "json_schema must be a JSON Schema (2020-12); found: " + e.getMessage(), e);
    }
  }

  @Override
  public String reason() {
    return "json_schema";
  }

  @Override
  public Rule bind(Field field) {
    Compiled compiled = compiled(schema);
    boolean any = Json.parse(schema) instanceof Map<?, ?> map && map.isEmpty();
    return Requirement.overText(
        field,
        reason(),
        (bytes, start, end) -> {
          if (StrictJson.check(bytes, start, end) != null) {
            return false;
          }
          if (any) {
            return true;
          }
          return fits(compiled, new String(bytes, start, end - start, StandardCharsets.UTF_8));
        });
  }

  private static boolean fits(Compiled compiled, String json) {
    try {
      return compiled.validator().validate(compiled.uri(), json).isValid();
    } catch (IllegalArgumentException e) {
      // What the strict reader takes and the reader of documents does not, is beyond its limits.
      return false;
    }
  }

  private record Compiled(Validator validator, URI uri) {}

  private static Compiled compiled(String schema) {
    Validator validator =
        new ValidatorFactory().withJsonNodeFactory(new Factory()).createValidator();
    return new Compiled(validator, validator.registerSchema(schema));
  }

  private static final class Factory implements JsonNodeFactory {
    @Override
    public JsonNode wrap(Object value) {
      return value instanceof JsonNode node ? node : new Node(value, "");
    }

    @Override
    public JsonNode create(String json) {
      return new Node(Json.parse(json), "");
    }
  }

  /** The values of our JSON for the validator, which knows no library that we use. */
  private record Node(@Nullable Object value, String pointer) implements JsonNode {
    @Override
    public String getJsonPointer() {
      return pointer;
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
      return Boolean.TRUE.equals(value);
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
      return new BigDecimal(String.valueOf(value));
    }

    @Override
    public List<JsonNode> asArray() {
      List<JsonNode> nodes = new ArrayList<>();
      for (Object part : Json.list(value)) {
        nodes.add(new Node(part, pointer + "/" + nodes.size()));
      }
      return nodes;
    }

    @Override
    public Map<String, JsonNode> asObject() {
      Map<String, JsonNode> nodes = new LinkedHashMap<>();
      Json.object(value)
          .forEach(
              (key, part) ->
                  nodes.put(key, new Node(part, pointer + "/" + JsonNode.encodeJsonPointer(key))));
      return nodes;
    }
  }
}
