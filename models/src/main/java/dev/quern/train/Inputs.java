package dev.quern.train;

import dev.quern.data.Batch;
import dev.quern.data.Slice;
import dev.quern.feature.HashedNgrams;
import dev.quern.onnx.Attribute;
import dev.quern.onnx.Dim;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxText;
import dev.quern.operator.GraphFields;
import dev.quern.operator.TrainedModel.HostFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How samples become the inputs of a network: z-scores, what is told of missing numbers, slots of
 * categories, then the n-grams of free texts.
 */
record Inputs(List<NumberInput> numbers, List<CategoryInput> categories, List<TextInput> texts) {

  /**
   * A free text as input.
   *
   * @param position of the field
   * @param table of its n-grams
   * @param longest n-gram (characters)
   */
  record TextInput(String field, int position, TextTable table, int longest) {
    HashedNgrams hasher() {
      return new HashedNgrams(table.rows(), longest);
    }
  }

  /** Decides from surveys; fields that say nothing are left out and named in {@code left}. */
  static Inputs of(List<FieldSurvey> surveys, Settings settings, Map<String, String> left) {
    List<NumberInput> numbers = new ArrayList<>();
    List<CategoryInput> categories = new ArrayList<>();
    List<TextInput> texts = new ArrayList<>();
    for (FieldSurvey survey : surveys) {
      if (survey.isConstant()) {
        left.put(survey.field().name(), "one value in train");
      } else if (!survey.isText()) {
        numbers.add(survey.number());
      } else if (survey.isFreeText()) {
        TextTable table =
            new TextTable(OnnxText.name(survey.field().name()) + ".ngrams", settings.textBuckets());
        texts.add(
            new TextInput(survey.field().name(), survey.position(), table, settings.textNgrams()));
      } else {
        categories.add(survey.categories());
      }
    }
    return new Inputs(numbers, categories, texts);
  }

  boolean isEmpty() {
    return numbers.isEmpty() && categories.isEmpty() && texts.isEmpty();
  }

  /** Floats of the dense part of a sample. */
  int denseWidth() {
    int width = numbers.size() + (int) numbers.stream().filter(Inputs::isTold).count();
    for (CategoryInput category : categories) {
      width += category.width();
    }
    return width;
  }

  private static boolean isTold(NumberInput number) {
    return number.missing() == NumberInput.Missing.TOLD;
  }

  List<TextTable> tables() {
    return texts.stream().map(TextInput::table).toList();
  }

  /** Writes the dense part of {@code row} into {@code dense} from {@code start} on. */
  void fill(Batch batch, int row, float[] dense, int start, Slice scratch) {
    int at = start;
    for (NumberInput number : numbers) {
      dense[at++] = number.value(batch.column(number.position()), row);
    }
    for (NumberInput number : numbers) {
      if (isTold(number)) {
        dense[at++] = number.isMissing(batch.column(number.position()), row) ? 1 : 0;
      }
    }
    for (CategoryInput category : categories) {
      int slot = category.slot(batch.column(category.position()), row, scratch);
      if (slot >= 0) {
        dense[at + slot] = 1;
      }
      at += category.width();
    }
  }

  /** Adds the network's inputs to a graph, in the network's order. */
  List<String> emit(GraphFields fields) {
    List<String> parts = new ArrayList<>();
    if (!numbers.isEmpty()) {
      parts.addAll(NumberInput.emit(numbers, fields));
    }
    for (CategoryInput category : categories) {
      parts.add(category.emit(fields));
    }
    List<String> inputs = new ArrayList<>();
    if (!parts.isEmpty()) {
      inputs.add(
          parts.size() == 1
              ? parts.get(0)
              : fields.graph().node("Concat", parts, Attribute.of("axis", 1)));
    }
    for (TextInput text : texts) {
      String stem = text.table().name();
      List<Dim> length = List.of(new Dim.Named(stem));
      inputs.add(fields.graph().input(stem + ".ids", ElementType.INT32, length));
      inputs.add(fields.graph().input(stem + ".weights", ElementType.FLOAT, length));
    }
    return inputs;
  }

  /** What the host has to compute. */
  List<HostFeature> hostFeatures() {
    List<HostFeature> features = new ArrayList<>();
    for (TextInput text : texts) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("kind", "hashed_ngrams");
      values.put("buckets", (long) text.table().rows());
      values.put("longest", (long) text.longest());
      features.add(new HostFeature(text.field(), text.table().name(), values));
    }
    return features;
  }

  /** What the card tells: each input with its kind. */
  List<Object> described() {
    List<Object> all = new ArrayList<>();
    numbers.forEach(number -> all.add(described(number.field(), "number", isTold(number) ? 2 : 1)));
    categories.forEach(
        category -> all.add(described(category.field(), "categories", category.width())));
    texts.forEach(text -> all.add(described(text.field(), "hashed_ngrams", text.table().rows())));
    return all;
  }

  private static Map<String, Object> described(String field, String kind, long width) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("field", field);
    plain.put("kind", kind);
    plain.put("width", width);
    return plain;
  }
}
