package dev.quern.quality;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.format.json.Json;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.cell.CellMapping;
import dev.quern.quality.cell.CellReading;
import dev.quern.quality.cell.CellTarget;
import dev.quern.quality.cell.Otherwise;
import dev.quern.quality.typo.Vocabulary;
import dev.quern.statistics.ColumnStates;
import dev.quern.statistics.TextsState;
import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces misspelt values by the right value they are near to, where exactly one is nearest.
 *
 * <p>Right values are the given ones, or those that occur at least {@code min_count} times. Learnt
 * ones correct only values that are at least {@code ratio} times rarer. Distances are those of
 * Damerau and Levenshtein, where neighbouring keys and look-alikes cost half an edit, case costs
 * nothing and digits stay (see {@link Vocabulary} for the limits). Confidence: 0.95 up to half an
 * edit, 0.9 up to one, 0.8 beyond; an order, not a probability. Learning holds the distinct values
 * in memory.
 *
 * @param fields text fields to repair
 * @param vocabulary the right values; absent: learnt
 * @param minCount how often a value must occur to be right
 * @param ratio how many times rarer than its right value a misspelt one must be
 */
public record RepairTypos(
    List<String> fields, Optional<List<String>> vocabulary, long minCount, long ratio)
    implements Fitter<ColumnStates> {
  /** More right values than this are no vocabulary; the most frequent ones count. */
  private static final int MOST_VALUES = 20_000;

  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Text fields to repair.", "要修复的文本字段。"))
          .where("a list of at least one field name", fields -> !fields.isEmpty());

  private static final Param<List<String>> VOCABULARY =
      Param.texts(
              "vocabulary",
              new Localized(
                  "The right values; learnt from the field by default.", "正确的值；默认从字段中学习。"))
          .optional();

  private static final Param<Long> MIN_COUNT =
      Param.integer(
              "min_count",
              "samples",
              2,
              Long.MAX_VALUE,
              new Localized("How often a value must occur to be right.", "值至少出现多少次才算正确。"))
          .or(5L);

  private static final Param<Long> RATIO =
      Param.integer(
              "ratio",
              "times",
              2,
              Long.MAX_VALUE,
              new Localized(
                  "How many times rarer than its right value a misspelt one must be.",
                  "拼错的值至少比正确值少见多少倍。"))
          .or(10L);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.repair_typos",
          new Localized(
              "Replaces misspelt values by the only right value they are near to.",
              "把拼错的值替换为唯一最接近的正确值。"),
          "Damerau 1964, Communications of the ACM 7(3); Levenshtein 1966",
          1,
          Serving.HOST,
          List.of(FIELDS, VOCABULARY, MIN_COUNT, RATIO),
          List.of(
              new Example(
                  "{fields: [city], vocabulary: [Boston, Birmingham, 北京市海淀区]}",
                  "[{\"city\": \"Bostno\"}, {\"city\": \"birmxnghxm\"}, {\"city\": \"Austin\"},"
                      + " {\"city\": \"北京市海锭区\"}]",
                  "[{\"city\": \"Boston\"}, {\"city\": \"Birmingham\"}, {\"city\": \"Austin\"},"
                      + " {\"city\": \"北京市海淀区\"}]"),
              new Example(
                  "{fields: [a], min_count: 3, ratio: 3}",
                  "[{\"a\": \"north\"}, {\"a\": \"north\"}, {\"a\": \"north\"}, {\"a\": \"nprth\"},"
                      + " {\"a\": \"south\"}]",
                  "[{\"a\": \"north\"}, {\"a\": \"north\"}, {\"a\": \"north\"}, {\"a\": \"north\"},"
                      + " {\"a\": \"south\"}]")),
          params ->
              new RepairTypos(
                  params.get(FIELDS),
                  params.find(VOCABULARY),
                  params.get(MIN_COUNT),
                  params.get(RATIO)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    positions(input);
    return input;
  }

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    int[] positions = learnt(input);
    List<TextsState> states = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      states.add(new TextsState());
    }
    return new ColumnStates(positions, states);
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(in, learnt(input), (i, from) -> TextsState.read(from));
  }

  @Override
  public Fit fit(ColumnStates state, Schema input) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int[] positions = learnt(input);
    for (int i = 0; i < positions.length; i++) {
      values.put(input.field(positions[i]).name(), learnt(state.state(TextsState.class, i)));
    }
    return new Fit(values);
  }

  /** Right values with their counts, then misspelt ones, then rare ones too frequent to be so. */
  private Map<String, @Nullable Object> learnt(TextsState state) {
    Vocabulary frequent = new Vocabulary();
    Map<String, Long> counts = new LinkedHashMap<>();
    state
        .counts()
        .top(
            MOST_VALUES,
            (bytes, start, end, count) -> {
              if (count >= minCount) {
                String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
                frequent.add(text, count);
                counts.put(text, count);
              }
            });
    Map<String, @Nullable Object> corrections = new LinkedHashMap<>();
    List<@Nullable Object> kept = new ArrayList<>();
    state
        .counts()
        .forEach(
            (bytes, start, end, count) -> {
              String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
              Optional<Vocabulary.Near> near =
                  frequent.nearest(text, Math.multiplyExact(count, ratio));
              if (near.isPresent()) {
                corrections.put(text, correction(near.get()));
                counts.remove(text);
              } else if (!counts.containsKey(text) && frequent.nearest(text, 0).isPresent()) {
                kept.add(text);
              }
            });
    Map<String, @Nullable Object> learnt = new LinkedHashMap<>();
    learnt.put("vocabulary", new LinkedHashMap<>(counts));
    learnt.put("corrections", corrections);
    learnt.put("kept", kept);
    return learnt;
  }

  private static Map<String, @Nullable Object> correction(Vocabulary.Near near) {
    Map<String, @Nullable Object> correction = new LinkedHashMap<>();
    correction.put("text", near.text());
    correction.put("half_edits", (long) near.halfEdits());
    return correction;
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    List<CellTarget> targets = new ArrayList<>();
    for (int position : positions(input)) {
      Field field = input.field(position);
      Reading reading = new Reading(vocabulary.isPresent() ? 0 : ratio);
      vocabulary.ifPresent(texts -> texts.forEach(text -> reading.words.add(text, 1)));
      Object learnt = fit.values().get(field.name());
      if (learnt != null) {
        reading.learn(Json.object(learnt));
      }
      targets.add(new CellTarget(position, reading, List.of(field), "text"));
    }
    return new CellMapping(targets, Otherwise.KEEP);
  }

  private int[] learnt(Schema input) {
    return vocabulary.isEmpty() ? positions(input) : new int[0];
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT));
  }

  private static final class Reading implements CellReading {
    private final Vocabulary words = new Vocabulary();
    private final Map<String, Vocabulary.Near> corrections = new HashMap<>();
    private final Set<String> kept = new HashSet<>();
    private final long ratio;
    private Optional<Vocabulary.Near> near = Optional.empty();

    Reading(long ratio) {
      this.ratio = ratio;
    }

    void learn(Map<String, @Nullable Object> learnt) {
      object(learnt.get("vocabulary"))
          .forEach((text, count) -> words.add(text, count instanceof Number n ? n.longValue() : 0));
      object(learnt.get("corrections"))
          .forEach(
              (text, correction) -> {
                Map<String, @Nullable Object> found = object(correction);
                Object edits = found.get("half_edits");
                corrections.put(
                    text,
                    new Vocabulary.Near(
                        String.valueOf(found.get("text")),
                        0,
                        edits instanceof Number n ? n.intValue() : 0));
              });
      if (learnt.get("kept") instanceof List<?> texts) {
        texts.forEach(text -> kept.add(String.valueOf(text)));
      }
    }

    private static Map<String, @Nullable Object> object(@Nullable Object plain) {
      return plain == null ? Map.of() : Json.object(plain);
    }

    @Override
    public @Nullable String read(Slice slice, ColumnBuilder[] parts) {
      String text = slice.text();
      near =
          words.contains(text) || kept.contains(text)
              ? Optional.empty()
              : Optional.ofNullable(corrections.get(text)).or(() -> words.nearest(text, ratio));
      if (near.isPresent()) {
        parts[0].appendText(near.get().text());
      } else {
        parts[0].appendSlice(slice.bytes, slice.start, slice.end);
      }
      return null;
    }

    @Override
    public @Nullable String change() {
      return near.isPresent() ? "typo" : null;
    }

    @Override
    public double confidence() {
      int halfEdits = near.map(Vocabulary.Near::halfEdits).orElse(0);
      return halfEdits <= 1 ? 0.95 : halfEdits == 2 ? 0.9 : 0.8;
    }
  }
}
