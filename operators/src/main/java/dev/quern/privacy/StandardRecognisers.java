package dev.quern.privacy;

import dev.quern.privacy.recognise.Recogniser;
import dev.quern.privacy.recognise.Recognisers;
import dev.quern.privacy.recognise.cn.ChinesePack;
import dev.quern.privacy.recognise.world.WorldPack;
import java.util.ArrayList;
import java.util.List;

/** The recognisers that ship. Compiled when somebody asks for them first. */
public final class StandardRecognisers {
  private StandardRecognisers() {}

  /** Returns all of them. */
  public static Recognisers all() {
    return Compiled.ALL;
  }

  private static final class Compiled {
    static final Recognisers ALL = new Recognisers(catalog());

    private static List<Recogniser> catalog() {
      List<Recogniser> catalog = new ArrayList<>();
      catalog.addAll(ChinesePack.RECOGNISERS);
      catalog.addAll(WorldPack.RECOGNISERS);
      return catalog;
    }
  }
}
