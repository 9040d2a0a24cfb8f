package dev.quern.privacy.image;

import java.io.ByteArrayOutputStream;

/** GIF 89a: comments and application data fall away but for those that loop an animation. */
final class Gif {
  private static final int HEADER = 13;

  private Gif() {}

  static byte[] strip(byte[] image) throws ImageMetadata.ImageException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(image.length);
    int at = HEADER + table(image[10]);
    out.write(image, 0, at);
    while (true) {
      int kind = image[at] & 0xff;
      if (kind == 0x3b) {
        out.write(kind);
        return out.toByteArray();
      }
      int end;
      boolean stays = true;
      if (kind == 0x21) {
        int label = image[at + 1] & 0xff;
        stays = label == 0xf9 || label == 0x01 || label == 0xff && loops(image, at + 2);
        end = blocks(image, at + 2);
      } else if (kind == 0x2c) {
        end = blocks(image, at + 10 + table(image[at + 9]) + 1);
      } else {
        throw ImageMetadata.damaged("must have a block between blocks");
      }
      if (stays) {
        out.write(image, at, end - at);
      }
      at = end;
    }
  }

  private static boolean loops(byte[] image, int at) {
    return ImageMetadata.starts(image, at, 11, 'N', 'E', 'T', 'S', 'C', 'A', 'P', 'E')
        || ImageMetadata.starts(image, at, 11, 'A', 'N', 'I', 'M', 'E', 'X', 'T', 'S');
  }

  /** Returns the size of a colour table in bytes. */
  private static int table(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  /** Returns where the sub-blocks from {@code at} on end. */
  private static int blocks(byte[] image, int at) {
    int next = at;
    while (image[next] != 0) {
      next += 1 + (image[next] & 0xff);
    }
    return next + 1;
  }
}
