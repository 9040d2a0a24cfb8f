package dev.quern.privacy.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** PNG (ISO/IEC 15948): chunks stay that are needed to show the picture; all others fall away. */
final class Png {
  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;

  /** What changes how the picture looks, animation included. */
  private static final Set<String> SHOWN =
      Set.of(
          "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "hIST", "pHYs", "sPLT",
          "acTL", "fcTL", "fdAT");

  private Png() {}

  static byte[] strip(byte[] image) throws ImageMetadata.ImageException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(image.length);
    out.write(image, 0, SIGNATURE);
    ByteBuffer bytes = ByteBuffer.wrap(image);
    int at = SIGNATURE;
    while (true) {
      int length = bytes.getInt(at);
      if (length < 0 || length > image.length - at - FRAME) {
        throw ImageMetadata.damaged("must hold its chunks as a whole");
      }
      String type = new String(image, at + 4, 4, StandardCharsets.ISO_8859_1);
      // A capital first letter: nobody can show the picture without it.
      if (Character.isUpperCase(type.charAt(0)) || SHOWN.contains(type)) {
        out.write(image, at, length + FRAME);
      }
      at += length + FRAME;
      if (type.equals("IEND")) {
        return out.toByteArray();
      }
    }
  }
}
