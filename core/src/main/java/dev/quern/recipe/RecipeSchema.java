package dev.quern.recipe;

import dev.quern.data.Role;
import dev.quern.data.Split;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.DroppedSamples;
import dev.quern.format.json.Json;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Registry;
import dev.quern.store.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON schema (2020-12) of recipes, made from the registered operators' parameters: closed, so
 * that editors complete and mark what {@link RecipeReader} would refuse.
 */
public final class RecipeSchema {
  /** The first line of a recipe that tells editors where the schema is. */
  public static final String HINT = "# yaml-language-server: $schema=./quern.schema.json";

  /** The name of the schema's file that {@link #HINT} names. */
  public static final String FILE = "quern.schema.json";

  private final Registry registry;
  private final Locale locale;
  private final Map<Kind, List<OperatorSpec>> byKind = new TreeMap<>();

  private RecipeSchema(Registry registry, Locale locale) {
    this.registry = registry;
    this.locale = locale;
    for (OperatorSpec spec : registry.operators()) {
      Kind.of(spec)
          .ifPresent(kind -> byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(spec));
    }
  }

  /** Returns the schema as indented JSON, explained in the language of {@code locale}. */
  public static String json(Registry registry, Locale locale) {
    return Json.pretty(new RecipeSchema(registry, locale).root());
  }

  private Map<String, @Nullable Object> root() {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("recipe", name());
    properties.put("seed", ordered("type", "integer", "minimum", 0L));
    properties.put("lang", oneOf(List.of("en", "zh")));
    properties.put("read", some("source"));
    properties.put("inputs", inputs());
    properties.put("combine", reference("combine"));
    properties.put("steps", list("step"));
    properties.put("checks", checks());
    properties.put("write", write());
    properties.put("model", reference("model"));
    properties.put("roles", roles());
    properties.put("dropped", constants(List.of(DroppedSamples.values())));
    properties.put("changes", constants(List.of(ChangedCells.values())));
    properties.put("verdicts", constants(List.of(Recipe.Verdicts.values())));
    properties.put("max_quarantined", ordered("type", "number", "minimum", 0L, "maximum", 1L));
    properties.put("show_samples", Map.of("type", "boolean"));
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Quern recipe");
    root.putAll(closed(properties, List.of("recipe")));
    root.put(
        "oneOf",
        List.of(
            Map.of("required", List.of("read")), Map.of("required", List.of("inputs", "combine"))));
    root.put("$defs", definitions());
    return root;
  }

  private Map<String, @Nullable Object> definitions() {
    Map<String, @Nullable Object> definitions = new LinkedHashMap<>();
    definitions.put("source", source());
    definitions.put("step", step(Kind.STEP));
    definitions.put("model_step", step(Kind.MODEL_STEP));
    definitions.put("combine", combine());
    definitions.put("model", model());
    for (OperatorSpec spec : registry.operators()) {
      definitions.put(spec.name(), operator(spec));
    }
    return definitions;
  }

  private Object source() {
    Map<String, @Nullable Object> extras = new LinkedHashMap<>();
    extras.put("dataset", Map.of("type", "string"));
    extras.put("name", Map.of("type", "string"));
    extras.put(
        "split",
        oneOf(List.of(Split.TRAIN.written(), Split.VALIDATION.written(), Split.TEST.written())));
    extras.put("key", texts());
    extras.put("roles", roles());
    return one(Kind.READER, extras, List.of("dataset"), List.of());
  }

  private Object step(Kind kind) {
    List<@Nullable Object> ways = new ArrayList<>();
    List<String> bare =
        operators(kind).stream()
            .filter(spec -> required(spec).isEmpty())
            .map(OperatorSpec::name)
            .toList();
    if (!bare.isEmpty()) {
      ways.add(oneOf(bare));
    }
    ways.add(one(kind, stepExtras(), List.of(), List.of()));
    return Map.of("anyOf", ways);
  }

  private Object combine() {
    Map<String, @Nullable Object> properties = stepExtras();
    Set<String> names = new LinkedHashSet<>(List.of(CombineReader.UNION));
    properties.put(
        CombineReader.UNION, ordered("type", List.of("object", "null"), "maxProperties", 0L));
    for (OperatorSpec spec : operators(Kind.COMBINATION)) {
      for (String name : List.of(spec.name(), CombineReader.shortName(spec))) {
        names.add(name);
        properties.put(name, reference(spec.name()));
      }
    }
    List<@Nullable Object> alternatives = new ArrayList<>();
    names.forEach(name -> alternatives.add(Map.of("required", List.of(name))));
    Map<String, @Nullable Object> map = closed(properties, List.of());
    map.put("oneOf", alternatives);
    return Map.of("anyOf", List.of(oneOf(List.copyOf(names)), map));
  }

  private Object model() {
    Map<String, @Nullable Object> extras = new LinkedHashMap<>();
    extras.put("name", name());
    extras.put("target", Map.of("type", "string"));
    extras.put("then", list("model_step"));
    return one(Kind.TRAINER, extras, List.of(), List.of("name", "target"));
  }

  /** A closed map with exactly one operator of {@code kind}, or one of {@code alternatives}. */
  private Map<String, @Nullable Object> one(
      Kind kind,
      Map<String, @Nullable Object> extras,
      List<String> alternatives,
      List<String> required) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    List<@Nullable Object> choices = new ArrayList<>();
    for (OperatorSpec spec : operators(kind)) {
      properties.put(spec.name(), reference(spec.name()));
      choices.add(Map.of("required", List.of(spec.name())));
    }
    alternatives.forEach(key -> choices.add(Map.of("required", List.of(key))));
    properties.putAll(extras);
    Map<String, @Nullable Object> map = closed(properties, required);
    if (choices.isEmpty()) {
      map.put("not", Map.of());
    } else {
      map.put("oneOf", choices);
    }
    return map;
  }

  private Map<String, @Nullable Object> operator(OperatorSpec spec) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    for (Param<?> param : spec.params()) {
      // Through canonical JSON, because parameters make their schemas with Map.of.
      Map<String, @Nullable Object> property = Json.parseObject(Json.canonical(param.schema()));
      String unit = param.unit().equals("-") ? "" : " (" + param.unit() + ")";
      property.put("description", param.help().in(locale) + " " + param.rule() + unit);
      param.plainFallback().ifPresent(value -> property.put("default", value));
      properties.put(param.name(), property);
    }
    List<String> required = required(spec);
    Map<String, @Nullable Object> map = closed(properties, required);
    if (required.isEmpty()) {
      map.put("type", List.of("object", "null"));
    }
    map.put("description", spec.summary().in(locale));
    return map;
  }

  private static List<String> required(OperatorSpec spec) {
    return spec.params().stream()
        .filter(param -> param.necessity() == Param.Necessity.REQUIRED)
        .map(Param::name)
        .toList();
  }

  private List<OperatorSpec> operators(Kind kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  private Object inputs() {
    Map<String, @Nullable Object> branch = new LinkedHashMap<>();
    branch.put("read", some("source"));
    branch.put("steps", list("step"));
    return ordered(
        "type",
        "object",
        "minProperties",
        2L,
        "propertyNames",
        name(),
        "additionalProperties",
        closed(branch, List.of("read")));
  }

  private static Map<String, @Nullable Object> stepExtras() {
    Map<String, @Nullable Object> extras = new LinkedHashMap<>();
    extras.put("splits", constants(List.of(StepSpec.Splits.values())));
    Object key =
        Map.of(
            "anyOf",
            List.of(
                Map.of("type", "string"),
                ordered(
                    "type",
                    "object",
                    "minProperties",
                    1L,
                    "maxProperties",
                    1L,
                    "additionalProperties",
                    oneOf(List.of("ascending", "descending")))));
    extras.put("order", Map.of("anyOf", List.of(key, ordered("type", "array", "items", key))));
    extras.put("as", Map.of("type", "string"));
    return extras;
  }

  private static Object checks() {
    return ordered("type", "array", "items", Map.of("type", List.of("string", "object")));
  }

  private static Object roles() {
    List<String> names = new ArrayList<>();
    for (Role role : Role.values()) {
      names.add(role.written());
    }
    Object role = oneOf(names);
    Object several = ordered("type", "array", "minItems", 1L, "items", role);
    return ordered(
        "type", "object", "additionalProperties", Map.of("anyOf", List.of(role, several)));
  }

  private static Object write() {
    Map<String, @Nullable Object> encrypt = new LinkedHashMap<>();
    encrypt.put("fields", ordered("type", "array", "items", Map.of("type", "string")));
    encrypt.put("key", RecipeWalk.KEY.schema());
    encrypt.put("footer", constants(List.of(WriteSpec.Footer.values())));
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("name", name());
    properties.put("encrypt", closed(encrypt, List.of("fields", "key")));
    return ordered("anyOf", List.of(name(), closed(properties, List.of("name"))));
  }

  private static Object name() {
    return ordered(
        "type", "string", "pattern", Reference.NAME_PATTERN, "description", Reference.NAME_RULE);
  }

  private static Object texts() {
    Object text = Map.of("type", "string");
    return Map.of("anyOf", List.of(text, ordered("type", "array", "items", text)));
  }

  private static Object list(String definition) {
    return ordered("type", List.of("array", "null"), "items", reference(definition));
  }

  private static Object some(String definition) {
    return ordered("type", "array", "minItems", 1L, "items", reference(definition));
  }

  private static Object reference(String definition) {
    return Map.of("$ref", "#/$defs/" + definition);
  }

  private static Object oneOf(List<String> names) {
    return Map.of("enum", names);
  }

  private static <E extends Enum<E>> Object constants(List<E> constants) {
    return oneOf(constants.stream().map(c -> c.name().toLowerCase(Locale.ROOT)).toList());
  }

  private static Map<String, @Nullable Object> closed(
      Map<String, @Nullable Object> properties, List<String> required) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("type", "object");
    map.put("properties", properties);
    map.put("additionalProperties", false);
    if (!required.isEmpty()) {
      map.put("required", required);
    }
    return map;
  }

  /** A map in written order: the order of {@code Map.of} differs from one start to the next. */
  private static Map<String, @Nullable Object> ordered(Object... keysAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
