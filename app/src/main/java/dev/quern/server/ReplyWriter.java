package dev.quern.server;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.ListColumn;
import dev.quern.data.Type;
import dev.quern.text.Utf8Buffer;
import dev.quern.text.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Writes the JSON bodies of the protocol. One instance, one body. */
final class ReplyWriter {
  private final Utf8Buffer out = new Utf8Buffer();
  private final ValueWriter values = new ValueWriter();

  /** Returns the body of an error. */
  static byte[] error(String message) {
    ReplyWriter writer = new ReplyWriter();
    writer.out.putAscii("{\"error\":");
    writer.text(message).out.put('}');
    return writer.bytes();
  }

  /** Returns the metadata of {@code model}. */
  static byte[] metadata(ServedModel model, Collection<String> versions) {
    ReplyWriter writer = new ReplyWriter();
    writer.out.putAscii("{\"name\":");
    writer.text(model.name()).out.putAscii(",\"versions\":[");
    String separator = "";
    for (String version : versions) {
      writer.out.putAscii(separator);
      writer.text(version);
      separator = ",";
    }
    writer.out.putAscii("],\"platform\":");
    writer.text(model.platform()).out.putAscii(",\"inputs\":[");
    separator = "";
    for (Field field : model.predictor().inputs().fields()) {
      writer.out.putAscii(separator);
      writer.tensor(field, DataType.ofInput(field.type()), "[-1,1]").out.put('}');
      separator = ",";
    }
    writer.out.putAscii("],\"outputs\":[");
    separator = "";
    for (Field field : model.predictor().outputs().fields()) {
      String shape = isTensor(field.type()) ? "[-1,-1]" : "[-1,1]";
      writer.out.putAscii(separator);
      writer.tensor(field, DataType.ofOutput(field.type()), shape).out.put('}');
      separator = ",";
    }
    writer.out.putAscii("]}");
    return writer.bytes();
  }

  /** Returns the predictions at {@code outputs} of {@code batch}, in the order asked for. */
  static byte[] predictions(ServedModel model, String id, Batch batch, List<Integer> outputs) {
    ReplyWriter writer = new ReplyWriter();
    writer.out.putAscii("{\"model_name\":");
    writer.text(model.name()).out.putAscii(",\"model_version\":");
    writer.text(model.version()).out.putAscii(",\"id\":");
    writer.text(id).out.putAscii(",\"outputs\":[");
    String separator = "";
    for (int position : outputs) {
      writer.out.putAscii(separator);
      writer.output(batch.schema().field(position), batch.column(position), batch);
      separator = ",";
    }
    writer.out.putAscii("]}");
    return writer.bytes();
  }

  /** Returns {@code {name: text, ready: true}}. */
  static byte[] ready(String name) {
    ReplyWriter writer = new ReplyWriter();
    writer.out.putAscii("{\"name\":");
    writer.text(name).out.putAscii(",\"ready\":true}");
    return writer.bytes();
  }

  /** Returns the metadata of the server. */
  static byte[] server(String version) {
    ReplyWriter writer = new ReplyWriter();
    writer.out.putAscii("{\"name\":\"quern\",\"version\":");
    writer.text(version).out.putAscii(",\"extensions\":[]}");
    return writer.bytes();
  }

  private void output(Field field, Column column, Batch batch) {
    boolean list = isTensor(field.type());
    int width = list ? width((ListColumn) column, batch) : 1;
    String shape = "[" + batch.count() + "," + width + "]";
    tensor(field, DataType.ofOutput(field.type()), shape).out.putAscii(",\"data\":[");
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (list) {
        elements((ListColumn) column, row, i > 0);
      } else {
        out.putAscii(i > 0 ? "," : "");
        scalar(column, row);
      }
    }
    out.putAscii("]}");
  }

  private void elements(ListColumn column, int row, boolean follows) {
    for (int i = column.start(row); i < column.end(row); i++) {
      out.putAscii(follows || i > column.start(row) ? "," : "");
      values.writeJson(column.elements(), i, out);
    }
  }

  private void scalar(Column column, int row) {
    if (column.isNull(row) || column.type().kind() != Type.Kind.STRUCT) {
      values.writeJson(column, row, out);
    } else {
      Utf8Buffer json = new Utf8Buffer();
      values.writeJson(column, row, json);
      out.putJsonString(json.bytes(), 0, json.length());
    }
  }

  /** Lists of scalars are tensors of a second dimension. */
  private static boolean isTensor(Type type) {
    return type instanceof Type.ListOf list && list.element().isScalar();
  }

  private static int width(ListColumn column, Batch batch) {
    int first = batch.row(0);
    int width = column.end(first) - column.start(first);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (column.isNull(row) || column.end(row) - column.start(row) != width) {
        throw new IllegalStateException("lists of predictions must be of one length");
      }
    }
    return width;
  }

  private ReplyWriter tensor(Field field, DataType datatype, String shape) {
    out.putAscii("{\"name\":");
    text(field.name()).out.putAscii(",\"shape\":").putAscii(shape);
    out.putAscii(",\"datatype\":\"").putAscii(datatype.name()).put('"');
    return this;
  }

  private ReplyWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.putJsonString(utf8, 0, utf8.length);
    return this;
  }

  private byte[] bytes() {
    return Arrays.copyOf(out.bytes(), out.length());
  }
}
