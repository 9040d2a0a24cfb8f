package dev.quern.server;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.operator.Predictor;
import dev.quern.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads the body of an infer request token by token into a batch; one instance, one body. */
final class InferParser {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private static final int UNKNOWN = -1;

  private final byte[] body;

  /** All fields of a raw sample: a client may send one as it is. */
  private final Schema inputs;

  /** Those of them that must be given. */
  private final Schema needed;

  private final Schema outputs;
  private final @Nullable Column[] columns;
  private @Nullable List<Integer> chosen;
  private Optional<String> id = Optional.empty();
  private boolean hasInputs;
  private long rows = UNKNOWN;

  private InferParser(byte[] body, Predictor predictor) {
    this.body = body;
    this.inputs = predictor.raw();
    this.needed = predictor.inputs();
    this.outputs = predictor.outputs();
    this.columns = new Column[inputs.size()];
  }

  /**
   * Parses {@code body} as a request to {@code predictor}. Raw fields that it does not look at may
   * be given and are left out.
   *
   * @throws Refusal if it breaks a rule
   */
  static InferRequest parse(byte[] body, Predictor predictor) {
    InferParser parser = new InferParser(body, predictor);
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      parser.request(json);
    } catch (JacksonException e) {
      // Its message quotes the body; the place is enough. Broken limits have no place.
      TokenStreamLocation at = e.getLocation();
      throw Refusal.bad(
          "request must be well-formed JSON (UTF-8) of moderate depth; found: a mistake"
              + (at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }
    return parser.finish();
  }

  private void request(JsonParser json) {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw Refusal.bad(
          "request must be a JSON object; found: " + TensorReader.kind(json.currentToken()));
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      switch (name) {
        case "id" -> {
          require(token == JsonToken.VALUE_STRING, "id", "a text", token);
          id = token == JsonToken.VALUE_STRING ? Optional.of(json.getString()) : Optional.empty();
        }
        case "inputs" -> {
          hasInputs = true;
          inputs(json);
        }
        case "outputs" -> outputs(json);
        case "parameters" -> parameters(json, "parameters");
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw Refusal.bad("request must end after its object; found: more");
    }
  }

  private InferRequest finish() {
    if (!hasInputs) {
      throw Refusal.bad("inputs must be given; found: nothing");
    }
    List<String> missing = new ArrayList<>();
    List<Column> all = new ArrayList<>();
    for (Field field : needed.fields()) {
      Column column = columns[inputs.indexOf(field.name())];
      if (column == null) {
        missing.add(field.name());
      } else {
        all.add(column);
      }
    }
    if (!missing.isEmpty()) {
      throw Refusal.bad(
          "inputs must hold every input of the model (null = missing value); not found: "
              + String.join(", ", missing));
    }
    Keys.Builder keys = new Keys.Builder();
    for (int row = 0; row < rows; row++) {
      keys.append(0, row, 0, row, 0, Split.NONE.code());
    }
    List<Integer> wanted =
        chosen == null ? IntStream.range(0, outputs.size()).boxed().toList() : chosen;
    return new InferRequest(id, Batch.of(needed, all, keys.build()), wanted);
  }

  private void inputs(JsonParser json) {
    require(json.currentToken() == JsonToken.START_ARRAY, "inputs", "a list", json.currentToken());
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    for (int number = 0; json.nextToken() != JsonToken.END_ARRAY; number++) {
      input(json, "inputs[" + number + "]");
    }
  }

  private void input(JsonParser json, String where) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw must(where, "an object", json.currentToken());
    }
    String name = null;
    DataType datatype = null;
    long count = UNKNOWN;
    int rank = 0;
    long deferred = UNKNOWN;
    Tensor tensor = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      JsonToken token = json.nextToken();
      switch (member) {
        case "name" -> name = text(json, where + ".name");
        case "datatype" -> datatype = datatype(text(json, where + ".datatype"), where);
        case "shape" -> {
          long[] shape = shape(json, where + ".shape");
          count = shape[0];
          rank = shape.length;
        }
        case "data" -> {
          if (name != null && datatype != null) {
            tensor = tensor(json, name, datatype, where);
          } else {
            deferred = json.currentTokenLocation().getByteOffset();
            if (token == JsonToken.START_ARRAY) {
              json.skipChildren();
            }
          }
        }
        case "parameters" -> parameters(json, where + ".parameters");
        default -> json.skipChildren();
      }
    }
    given(name != null, where + ".name");
    given(datatype != null, where + ".datatype");
    given(count != UNKNOWN, where + ".shape");
    given(tensor != null || deferred != UNKNOWN, where + ".data");
    if (tensor == null && name != null && datatype != null) {
      tensor = again(deferred, name, datatype, where);
    }
    if (tensor != null) {
      accept(tensor, count, rank, where);
    }
  }

  /**
   * The values of an input.
   *
   * @param field position of the input in the model
   */
  private record Tensor(int field, TensorReader reader, ColumnBuilder values) {}

  /** Reads data that stood before the name or datatype, from where they stand. */
  private Tensor again(long offset, String name, DataType datatype, String where) {
    int start = Math.toIntExact(offset);
    try (JsonParser json =
        FACTORY.createParser(ObjectReadContext.empty(), body, start, body.length - start)) {
      json.nextToken();
      return tensor(json, name, datatype, where);
    }
  }

  private Tensor tensor(JsonParser json, String name, DataType datatype, String where) {
    int position = inputs.indexOf(name);
    if (position < 0) {
      throw Refusal.bad(
          where
              + ".name must be a raw field of the model; found: "
              + shown(name)
              + Suggestion.of(name, inputs.names()));
    }
    Field field = inputs.field(position);
    String place = where + " (" + name + ")";
    if (columns[position] != null) {
      throw Refusal.bad(place + " must be given once; found: twice");
    }
    if (!datatype.fits(field.type())) {
      throw Refusal.bad(
          place
              + ".datatype must be "
              + DataType.fitting(field.type())
              + " for "
              + field.type()
              + "; found: "
              + datatype);
    }
    ColumnBuilder values = ColumnBuilder.of(field.type());
    TensorReader reader = new TensorReader(place, field.type(), datatype, values);
    reader.read(json);
    return new Tensor(position, reader, values);
  }

  private void accept(Tensor tensor, long count, int rank, String where) {
    String place = where + " (" + inputs.field(tensor.field()).name() + ")";
    if (tensor.values().size() != count) {
      throw Refusal.bad(
          place
              + ".data must hold as many values as shape says; found: "
              + tensor.values().size()
              + " for "
              + count);
    }
    if (rank == 1 && tensor.reader().isNested()) {
      throw Refusal.bad(place + ".data must be flat for a shape of one dimension; found: nested");
    }
    if (rows != UNKNOWN && rows != count) {
      throw Refusal.bad(
          place + ".shape must begin with " + rows + " as the inputs before; found: " + count);
    }
    rows = count;
    columns[tensor.field()] = tensor.values().build();
  }

  private static DataType datatype(String name, String where) {
    if (DataType.isBinaryOnly(name)) {
      throw Refusal.bad(
          where + ".datatype must be one that JSON can carry; found: " + name + "; fix: send FP32");
    }
    return DataType.of(name)
        .orElseThrow(
            () ->
                Refusal.bad(
                    where
                        + ".datatype must be one of BOOL, INT8 … INT64, UINT8 … UINT64, FP32,"
                        + " FP64, BYTES; found: "
                        + shown(name)));
  }

  private static long[] shape(JsonParser json, String where) {
    String rule = "[N, 1] or [N] with N >= 1";
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw must(where, "a list of integers: " + rule, json.currentToken());
    }
    List<Long> found = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        throw must(where, "a list of integers: " + rule, json.currentToken());
      }
      if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || found.size() == 8) {
        throw Refusal.bad(where + " must be " + rule + "; found: too large a shape");
      }
      found.add(json.getLongValue());
    }
    boolean fits =
        (found.size() == 1 || (found.size() == 2 && found.get(1) == 1)) && found.get(0) >= 1;
    if (!fits) {
      throw Refusal.bad(where + " must be " + rule + "; found: " + found);
    }
    return found.stream().mapToLong(Long::longValue).toArray();
  }

  private void outputs(JsonParser json) {
    require(json.currentToken() == JsonToken.START_ARRAY, "outputs", "a list", json.currentToken());
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    List<Integer> wanted = new ArrayList<>();
    for (int number = 0; json.nextToken() != JsonToken.END_ARRAY; number++) {
      wanted.add(output(json, "outputs[" + number + "]", wanted));
    }
    if (!wanted.isEmpty()) {
      chosen = wanted;
    }
  }

  private int output(JsonParser json, String where, List<Integer> before) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw must(where, "an object", json.currentToken());
    }
    int position = UNKNOWN;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      json.nextToken();
      if (!member.equals("name")) {
        json.skipChildren();
        continue;
      }
      String name = text(json, where + ".name");
      position = outputs.indexOf(name);
      if (position < 0 || before.contains(position)) {
        throw Refusal.bad(
            where
                + ".name must be an output of the model, named once; found: "
                + shown(name)
                + Suggestion.of(name, outputs.names()));
      }
    }
    given(position != UNKNOWN, where + ".name");
    return position;
  }

  private static void parameters(JsonParser json, String where) {
    JsonToken token = json.currentToken();
    require(token == JsonToken.START_OBJECT, where, "an object", token);
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("binary_data_size")) {
        throw Refusal.bad(
            where + " must not announce binary data; found: binary_data_size; fix: send JSON data");
      }
      json.skipChildren();
    }
  }

  private static String text(JsonParser json, String where) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw must(where, "a text", json.currentToken());
    }
    return json.getString();
  }

  /** An optional member may be null as well. */
  private static void require(boolean holds, String where, String rule, JsonToken found) {
    if (!holds && found != JsonToken.VALUE_NULL) {
      throw must(where, rule, found);
    }
  }

  private static void given(boolean holds, String where) {
    if (!holds) {
      throw Refusal.bad(where + " must be given; found: nothing");
    }
  }

  private static Refusal must(String where, String rule, @Nullable JsonToken found) {
    return Refusal.bad(where + " must be " + rule + "; found: " + TensorReader.kind(found));
  }

  /** Returns a name as the caller wrote it, cut to what fits in a message. */
  private static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(64)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return shown.toString();
  }
}
