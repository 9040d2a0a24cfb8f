package dev.quern.spark;

import dev.quern.engine.pass.Feed;
import dev.quern.engine.pass.FolderStages;
import dev.quern.engine.pass.FrameSpool;
import dev.quern.engine.pass.Origin;
import dev.quern.engine.pass.PassFolder;
import dev.quern.engine.pass.SortedRun;
import dev.quern.engine.pass.StageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What earlier stages left for one task: frames that came with it, files where all find them. */
record ArrivedFiles(StageShipment shipment, FrameSpool spool, PassFolder scratch)
    implements StageFiles {

  @Override
  public Path file(String name) throws IOException {
    return shipment.storage().find(name, scratch);
  }

  @Override
  public List<SortedRun> runs(int stage, int part) {
    return spool.runs(stage, input(stage));
  }

  /** Returns the number of the input that {@code stage} left. */
  private int input(int stage) {
    for (Feed feed : shipment.stage().feeds()) {
      if (feed.origin() instanceof Origin.Groups groups && groups.stages().contains(stage)) {
        return groups.stages().indexOf(stage);
      }
    }
    return 0;
  }

  @Override
  public Linked linked(int stage, int part) throws IOException {
    List<FolderStages.NamedLinks> links = shipment.links().getOrDefault(stage, List.of());
    return FolderStages.NamedLinks.linked(
        file(links.get(part).samples()), file(links.get(part).names()));
  }
}
