package dev.quern.privacy.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * JPEG (ITU-T T.81): application segments and comments fall away but for JFIF (APP0), ICC profiles
 * (APP2) and Adobe's colour transform (APP14); of EXIF (APP1) the orientation stays where it is not
 * the usual one.
 */
final class Jpeg {
  private static final int SOS = 0xda;
  private static final int EOI = 0xd9;
  private static final int COM = 0xfe;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int ORIENTATION = 0x0112;

  private Jpeg() {}

  static byte[] strip(byte[] image) throws ImageMetadata.ImageException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(image.length);
    out.write(image, 0, 2);
    int at = 2;
    while (true) {
      if ((image[at] & 0xff) != 0xff) {
        throw ImageMetadata.damaged("must have a marker between segments");
      }
      int marker = image[at + 1] & 0xff;
      if (marker == 0xff) {
        at++; // a fill byte
        continue;
      }
      if (marker == EOI) {
        out.write(image, at, 2);
        return out.toByteArray();
      }
      int length = (image[at + 2] & 0xff) << 8 | image[at + 3] & 0xff;
      if (length < 2 || at + 2 + length > image.length) {
        throw ImageMetadata.damaged("must hold its segments as a whole");
      }
      int end = at + 2 + length;
      if (stays(image, at, marker)) {
        out.write(image, at, end - at);
      } else if (marker == APP1) {
        orientation(image, at + 4, end).ifPresent(segment -> out.write(segment, 0, segment.length));
      }
      at = marker == SOS ? coded(image, end, out) : end;
    }
  }

  private static boolean stays(byte[] image, int at, int marker) {
    if (marker == COM) {
      return false;
    }
    if (marker < APP0 || marker > APP15) {
      return true;
    }
    return marker == APP0 && ImageMetadata.starts(image, at + 4, 'J', 'F', 'I', 'F', 0)
        || marker == APP2
            && ImageMetadata.starts(
                image, at + 4, 'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0)
        || marker == APP14 && ImageMetadata.starts(image, at + 4, 'A', 'd', 'o', 'b', 'e');
  }

  /** Copies coded data up to the next marker that is neither stuffing nor a restart. */
  private static int coded(byte[] image, int from, ByteArrayOutputStream out) {
    int at = from;
    while (true) {
      if ((image[at] & 0xff) == 0xff) {
        int next = image[at + 1] & 0xff;
        if (next != 0 && !(next >= 0xd0 && next <= 0xd7)) {
          out.write(image, from, at - from);
          return at;
        }
        at++;
      }
      at++;
    }
  }

  /** Returns an EXIF segment of the orientation alone, if there is one that turns the picture. */
  private static Optional<byte[]> orientation(byte[] image, int start, int end) {
    if (!ImageMetadata.starts(image, start, 'E', 'x', 'i', 'f', 0, 0)) {
      return Optional.empty();
    }
    ByteBuffer tiff = ByteBuffer.wrap(image, start + 6, end - start - 6).slice();
    if (tiff.remaining() < 8) {
      return Optional.empty();
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 8 || directory > tiff.limit() - 2) {
      return Optional.empty();
    }
    int entries = tiff.getShort(directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if (entry + 12 > tiff.limit()) {
        return Optional.empty();
      }
      int value = tiff.getShort(entry + 8) & 0xffff;
      if ((tiff.getShort(entry) & 0xffff) == ORIENTATION && value > 1 && value <= 8) {
        return Optional.of(segment(value));
      }
    }
    return Optional.empty();
  }

  private static byte[] segment(int orientation) {
    ByteBuffer segment = ByteBuffer.allocate(2 + 2 + 6 + 8 + 2 + 12 + 4);
    segment.putShort((short) 0xffe1).putShort((short) (segment.capacity() - 2));
    segment.put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42}).putInt(8);
    segment.putShort((short) 1).putShort((short) ORIENTATION).putShort((short) 3).putInt(1);
    segment.putShort((short) orientation).putShort((short) 0).putInt(0);
    return segment.array();
  }
}
