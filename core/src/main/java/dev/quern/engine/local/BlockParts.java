package dev.quern.engine.local;

import dev.quern.data.Schema;
import dev.quern.engine.Reading;
import java.util.List;

/**
 * Block files of an earlier stage, read back in order.
 *
 * @param parts the files of each part
 */
record BlockParts(PassFolder folder, Schema schema, List<List<TaskLine.Made>> parts)
    implements PartOrigin.Code {

  @Override
  public Origin.Lane lane(Work work, Way next) {
    return piece -> {
      long bytes = 0;
      long samples = 0;
      for (TaskLine.Made file : parts.get(piece.ordinal())) {
        BlockFile.read(folder.file(file.name()), schema, 0, file.bytes(), next::accept);
        bytes += file.bytes();
        samples += file.samples();
      }
      return new Origin.Done(new Reading.Read(bytes, 0, samples), 0);
    };
  }
}
