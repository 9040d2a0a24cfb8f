package dev.quern.drift;

import java.io.DataInput;
import java.io.IOException;

/** The first byte of every written state: its version. */
final class States {
  private States() {}

  static void expect(DataInput in, String what, int version) throws IOException {
    int found = in.readUnsignedByte();
    if (found != version) {
      throw new IOException(
          what + ": version of the state must be " + version + "; found: " + found);
    }
  }
}
