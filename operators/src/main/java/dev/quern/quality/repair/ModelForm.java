package dev.quern.quality.repair;

import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Models as plain values, as fits are stored. */
final class ModelForm {
  private ModelForm() {}

  static Map<String, @Nullable Object> plain(Model model) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("formats", all(model.formats(), ModelForm::plain));
    plain.put("leakages", all(model.leakages(), ModelForm::plain));
    plain.put("dependencies", all(model.dependencies(), ModelForm::plain));
    plain.put("templates", all(model.templates(), ModelForm::plain));
    plain.put("spellings", all(model.spellings(), ModelForm::plain));
    plain.put("numbers", all(model.numbers().fields(), ModelForm::plain));
    plain.put("shapes", all(model.shapes(), ModelForm::plain));
    plain.put("swaps", plain(model.swaps()));
    return plain;
  }

  static Model model(@Nullable Object stored) {
    Map<String, @Nullable Object> plain = Json.object(stored);
    List<Format> formats = list(plain.get("formats"), ModelForm::format);
    List<@Nullable Distribution> numbers = new ArrayList<>();
    for (Object field : Json.list(plain.get("numbers"))) {
      numbers.add(field == null ? null : distribution(field));
    }
    List<@Nullable Spelling> spellings = new ArrayList<>();
    for (Object field : Json.list(plain.get("spellings"))) {
      spellings.add(field == null ? null : spelling(field));
    }
    List<Shapes> shapes = list(plain.get("shapes"), ModelForm::shapes);
    return new Model(
        formats,
        list(plain.get("leakages"), ModelForm::leakage),
        list(plain.get("dependencies"), ModelForm::dependency),
        list(plain.get("templates"), ModelForm::template),
        spellings,
        shapes,
        swaps(plain.get("swaps"), numbers, shapes),
        new Numbers(formats, numbers));
  }

  /** Makes plain values. */
  private interface Writer<T> {
    Object plain(T value);
  }

  /** Reads plain values. */
  interface Reader<T> {
    T value(Object plain);
  }

  private static <T> List<@Nullable Object> all(List<? extends @Nullable T> values, Writer<T> as) {
    List<@Nullable Object> plain = new ArrayList<>();
    for (T value : values) {
      plain.add(value == null ? null : as.plain(value));
    }
    return plain;
  }

  static <T> List<T> list(@Nullable Object plain, Reader<T> as) {
    List<T> values = new ArrayList<>();
    for (Object value : Json.list(plain)) {
      values.add(as.value(there(value)));
    }
    return values;
  }

  private static Object there(@Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("fit must hold all its parts; found: null");
    }
    return value;
  }

  private static Map<String, @Nullable Object> plain(Format format) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("number", format.number());
    plain.put("suffix", format.suffix());
    plain.put("mixed", format.mixed());
    plain.put("atoms", sorted(format.atoms()));
    plain.put("units", sorted(format.units()));
    plain.put("tokens", format.frequentTokens());
    return plain;
  }

  private static Format format(Object stored) {
    Map<String, @Nullable Object> plain = Json.object(stored);
    return new Format(
        bool(plain.get("number")),
        text(plain.get("suffix")),
        bool(plain.get("mixed")),
        texts(plain.get("atoms")),
        texts(plain.get("units")),
        bool(plain.get("tokens")));
  }

  private static Map<String, @Nullable Object> plain(Leakage leakage) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("from", (long) leakage.from());
    plain.put("to", (long) leakage.to());
    plain.put("values", sorted(leakage.values()));
    plain.put("confidence", leakage.confidence());
    return plain;
  }

  private static Leakage leakage(Object stored) {
    Map<String, @Nullable Object> plain = Json.object(stored);
    return new Leakage(
        whole(plain.get("from")),
        whole(plain.get("to")),
        texts(plain.get("values")),
        number(plain.get("confidence")));
  }

  private static Map<String, @Nullable Object> plain(Dependency dependency) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    List<@Nullable Object> left = new ArrayList<>();
    for (int field : dependency.left()) {
      left.add((long) field);
    }
    plain.put("left", left);
    plain.put("right", (long) dependency.right());
    plain.put("precision", dependency.precision());
    Map<String, @Nullable Object> groups = new TreeMap<>();
    dependency
        .groups()
        .forEach(
            (key, group) ->
                groups.put(
                    key, List.of(group.value(), (long) group.count(), (long) group.total())));
    plain.put("groups", groups);
    return plain;
  }

  private static Dependency dependency(Object stored) {
    Map<String, @Nullable Object> plain = Json.object(stored);
    int[] left = Json.list(plain.get("left")).stream().mapToInt(ModelForm::whole).toArray();
    Map<String, Dependency.Group> groups = new HashMap<>();
    Json.object(plain.get("groups"))
        .forEach(
            (key, group) -> {
              List<@Nullable Object> parts = Json.list(group);
              groups.put(
                  key,
                  new Dependency.Group(
                      text(parts.get(0)), whole(parts.get(1)), whole(parts.get(2))));
            });
    return new Dependency(left, whole(plain.get("right")), number(plain.get("precision")), groups);
  }

  private static List<@Nullable Object> plain(Template template) {
    return List.of(
        (long) template.first(),
        template.separator(),
        (long) template.second(),
        (long) template.right());
  }

  private static Template template(Object stored) {
    List<@Nullable Object> parts = Json.list(stored);
    return new Template(
        whole(parts.get(0)), text(parts.get(1)), whole(parts.get(2)), whole(parts.get(3)));
  }

  private static Map<String, @Nullable Object> plain(Spelling spelling) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    Map<String, @Nullable Object> counts = new TreeMap<>();
    spelling.counts().forEach((value, count) -> counts.put(value, (long) count));
    plain.put("counts", counts);
    plain.put("frequent", new ArrayList<@Nullable Object>(spelling.frequent()));
    plain.put("supported", sorted(spelling.supported()));
    plain.put("confidence", spelling.confidence());
    return plain;
  }

  private static Spelling spelling(Object stored) {
    Map<String, @Nullable Object> plain = Json.object(stored);
    Map<String, Integer> counts = new HashMap<>();
    Json.object(plain.get("counts")).forEach((value, count) -> counts.put(value, whole(count)));
    return new Spelling(
        counts,
        list(plain.get("frequent"), ModelForm::text),
        texts(plain.get("supported")),
        number(plain.get("confidence")));
  }

  private static Map<String, @Nullable Object> plain(Distribution numbers) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("grid", doubles(numbers.grid()));
    plain.put("bulk", doubles(numbers.bulk()));
    plain.put("common", new ArrayList<@Nullable Object>(new TreeSet<>(numbers.common())));
    plain.put("in_bulk", (long) numbers.inBulk());
    plain.put("count", (long) numbers.count());
    plain.put("decimals", (long) numbers.decimals());
    plain.put("positive", numbers.positive());
    plain.put("unsigned", numbers.unsigned());
    plain.put("units", numbers.units());
    return plain;
  }

  private static Distribution distribution(Object stored) {
    Map<String, @Nullable Object> plain = Json.object(stored);
    Set<Double> common = new HashSet<>(list(plain.get("common"), ModelForm::number));
    return new Distribution(
        doubles(plain.get("grid")),
        doubles(plain.get("bulk")),
        common,
        whole(plain.get("in_bulk")),
        whole(plain.get("count")),
        whole(plain.get("decimals")),
        bool(plain.get("positive")),
        bool(plain.get("unsigned")),
        number(plain.get("units")));
  }

  private static Map<String, @Nullable Object> plain(Shapes shapes) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("patterns", new TreeMap<String, @Nullable Object>(shapes.patterns()));
    plain.put("forms", new TreeMap<String, @Nullable Object>(shapes.forms()));
    plain.put("rare", shapes.rare());
    plain.put("words", shapes.words());
    return plain;
  }

  private static Shapes shapes(Object stored) {
    Map<String, @Nullable Object> plain = Json.object(stored);
    return new Shapes(
        shares(plain.get("patterns")),
        shares(plain.get("forms")),
        number(plain.get("rare")),
        bool(plain.get("words")));
  }

  private static Map<String, Double> shares(@Nullable Object stored) {
    Map<String, Double> shares = new HashMap<>();
    Json.object(stored).forEach((value, share) -> shares.put(value, number(share)));
    return shares;
  }

  private static Map<String, @Nullable Object> plain(Swaps swaps) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    List<@Nullable Object> shares = new ArrayList<>();
    swaps.shares().forEach(field -> shares.add(new TreeMap<String, @Nullable Object>(field)));
    plain.put("shares", shares);
    plain.put("floor", swaps.floor());
    List<@Nullable Object> confidence = new ArrayList<>();
    for (double[] field : swaps.confidence()) {
      confidence.add(doubles(field));
    }
    plain.put("confidence", confidence);
    return plain;
  }

  private static Swaps swaps(
      @Nullable Object stored, List<@Nullable Distribution> numbers, List<Shapes> looks) {
    Map<String, @Nullable Object> plain = Json.object(stored);
    List<Map<String, Double>> shares = new ArrayList<>();
    for (Object field : Json.list(plain.get("shares"))) {
      shares.add(shares(field));
    }
    double[][] confidence =
        list(plain.get("confidence"), field -> doubles(field)).toArray(double[][]::new);
    return new Swaps(shares, numbers, looks, number(plain.get("floor")), confidence);
  }

  private static List<@Nullable Object> sorted(Collection<String> texts) {
    return new ArrayList<>(new TreeSet<>(texts));
  }

  private static Set<String> texts(@Nullable Object plain) {
    return new HashSet<>(list(plain, ModelForm::text));
  }

  static List<@Nullable Object> doubles(double[] values) {
    List<@Nullable Object> plain = new ArrayList<>();
    for (double value : values) {
      plain.add(value);
    }
    return plain;
  }

  static double[] doubles(@Nullable Object plain) {
    return Json.list(plain).stream().mapToDouble(ModelForm::number).toArray();
  }

  static double number(@Nullable Object plain) {
    return ((Number) there(plain)).doubleValue();
  }

  static int whole(@Nullable Object plain) {
    return ((Number) there(plain)).intValue();
  }

  static boolean bool(@Nullable Object plain) {
    return (Boolean) there(plain);
  }

  static String text(@Nullable Object plain) {
    return (String) there(plain);
  }
}
