package dev.quern.privacy.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Windows bitmaps: the header tells where the file ends. */
final class Bitmap {
  private static final int HEADER = 14;

  private Bitmap() {}

  static byte[] strip(byte[] image) throws ImageMetadata.ImageException {
    int size = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).getInt(2);
    if (size < HEADER || size > image.length) {
      throw ImageMetadata.damaged("must be as long as its header says");
    }
    return Arrays.copyOf(image, size);
  }
}
