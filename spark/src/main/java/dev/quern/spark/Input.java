package dev.quern.spark;

import dev.quern.engine.pass.RunFrame;
import java.util.Collections;
import java.util.Iterator;

/**
 * What one task of Spark is given; never leaves its worker.
 *
 * @param frames what earlier stages have for it
 */
record Input(Ticket ticket, Iterator<RunFrame> frames) {
  static Input of(Ticket ticket) {
    return new Input(ticket, Collections.emptyIterator());
  }
}
