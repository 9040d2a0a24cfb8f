package dev.quern.engine;

import java.io.IOException;

/** Opens engines of one kind; found by {@link java.util.ServiceLoader}. */
public interface EngineProvider {

  /** Returns the name users choose the engine by. */
  String name();

  /** Opens an engine. */
  Engine open(EngineSetting setting) throws IOException;
}
