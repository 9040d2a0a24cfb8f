package dev.quern.privacy;

import dev.quern.operator.BindException;
import dev.quern.privacy.recognise.Recogniser;
import dev.quern.privacy.recognise.Recognisers;
import dev.quern.privacy.recognise.asia.AsianPack;
import dev.quern.privacy.recognise.cn.ChinesePack;
import dev.quern.privacy.recognise.english.EnglishNames;
import dev.quern.privacy.recognise.eu.EuropeanPack;
import dev.quern.privacy.recognise.others.OtherPack;
import dev.quern.privacy.recognise.own.OwnRecognisers;
import dev.quern.privacy.recognise.uk.BritishPack;
import dev.quern.privacy.recognise.us.AmericanPack;
import dev.quern.privacy.recognise.world.WorldPack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The recognisers that ship. Compiled when somebody asks for them first. */
public final class StandardRecognisers {
  private StandardRecognisers() {}

  /** Returns all of them. */
  public static Recognisers all() {
    return Compiled.ALL;
  }

  /**
   * Returns all of them with those of a user.
   *
   * @throws BindException if a name is taken
   */
  public static Recognisers with(Optional<OwnRecognisers> own) {
    if (own.isEmpty()) {
      return all();
    }
    try {
      return own.get().with(all());
    } catch (IllegalArgumentException e) {
      throw new BindException(OwnRecognisers.PARAM.name(), String.valueOf(e.getMessage()));
    }
  }

  private static final class Compiled {
    static final Recognisers ALL = new Recognisers(catalog());

    private static List<Recogniser> catalog() {
      List<Recogniser> catalog = new ArrayList<>();
      catalog.addAll(ChinesePack.RECOGNISERS);
      catalog.addAll(WorldPack.RECOGNISERS);
      catalog.addAll(AsianPack.RECOGNISERS);
      catalog.addAll(EuropeanPack.RECOGNISERS);
      catalog.addAll(OtherPack.RECOGNISERS);
      catalog.addAll(BritishPack.RECOGNISERS);
      catalog.addAll(AmericanPack.RECOGNISERS);
      catalog.add(new EnglishNames());
      return catalog;
    }
  }
}
