package dev.quern.train;

import dev.quern.data.Column;
import dev.quern.data.Slice;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.onnx.OnnxText;
import dev.quern.operator.GraphFields;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A text of few values as input: 1 in the slot of its value, else 0.
 *
 * @param missingSlot of missing texts; -1 where train had none, they then are as other values
 * @param otherSlot of values that are no category; -1 where train had none, all slots are then 0
 * @param width number of slots
 */
record CategoryInput(
    String field, int position, SortedTexts categories, int missingSlot, int otherSlot, int width) {

  /** Returns the slot of the text, or -1 for none; {@code slice} is scratch. */
  int slot(Column column, int row, Slice slice) {
    if (column.isNull(row)) {
      return missingSlot >= 0 ? missingSlot : otherSlot;
    }
    int category = categories.indexOf(column.sliceAt(row, slice));
    return category >= 0 ? category : otherSlot;
  }

  String emit(GraphFields fields) {
    OnnxGraph graph = fields.graph();
    List<@Nullable String> keys = new ArrayList<>(categories.texts());
    if (missingSlot >= 0) {
      keys.add(null);
    }
    String index =
        OnnxText.categoryIndex(graph, fields.value(field).tensor(), keys, otherSlot); // [N, 1]
    String slots = graph.constant("slots", LongStream.range(0, width).toArray(), 1, width);
    return graph.cast(graph.node("Equal", List.of(index, slots)), ElementType.FLOAT); // [N, width]
  }
}
