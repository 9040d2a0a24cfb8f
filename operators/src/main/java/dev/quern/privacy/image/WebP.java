package dev.quern.privacy.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;

/**
 * WebP (RFC 9649): chunks of the picture, its colours and animation stay; EXIF, XMP and others go.
 */
final class WebP {
  private static final int HEADER = 12;
  private static final Set<String> SHOWN =
      Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP");

  /** Flags of VP8X that say there are EXIF and XMP. */
  private static final int METADATA = 0x0c;

  private WebP() {}

  static byte[] strip(byte[] image) throws ImageMetadata.ImageException {
    ByteBuffer in = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    long size = 8 + (in.getInt(4) & 0xffffffffL);
    if (size > image.length || size < HEADER) {
      throw ImageMetadata.damaged("must be as long as its header says");
    }
    ByteBuffer out = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    out.put(image, 0, HEADER);
    int at = HEADER;
    while (at < size) {
      long length = in.getInt(at + 4) & 0xffffffffL;
      long end = at + 8 + length + length % 2;
      if (at + 8 + length > size) {
        throw ImageMetadata.damaged("must hold its chunks as a whole");
      }
      String type = new String(image, at, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
      if (SHOWN.contains(type)) {
        int start = out.position();
        out.put(image, at, (int) (Math.min(end, size) - at));
        if (type.equals("VP8X") && length > 0) {
          out.put(start + 8, (byte) (out.get(start + 8) & ~METADATA));
        }
      }
      at = (int) Math.min(end, size);
    }
    out.putInt(4, out.position() - 8);
    return Arrays.copyOf(out.array(), out.position());
  }
}
