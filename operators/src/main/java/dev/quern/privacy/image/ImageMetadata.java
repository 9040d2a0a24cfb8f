package dev.quern.privacy.image;

import org.jspecify.annotations.Nullable;

/**
 * Takes out of an image file what is not the picture: EXIF (place, time, camera, preview), XMP,
 * IPTC, comments, and whatever follows the end of the picture. The coded picture itself is not
 * touched. What it takes to show it right stays: colour profiles, density, animation, and of EXIF
 * the orientation alone.
 */
public final class ImageMetadata {
  private ImageMetadata() {}

  /** What is wrong with a file. */
  public static final class ImageException extends Exception {
    private static final long serialVersionUID = 1;
    private final String rule;

    ImageException(String rule, String message) {
      super(message);
      this.rule = rule;
    }

    /** Returns the snake_case name of the rule it breaks: image_format or image_damaged. */
    public String rule() {
      return rule;
    }
  }

  /**
   * Returns {@code image} without metadata; the same array where it has none.
   *
   * @throws ImageException if it is none of JPEG, PNG, WebP, GIF and BMP, or damaged: then nobody
   *     knows what it still holds
   */
  public static byte[] strip(byte[] image) throws ImageException {
    try {
      byte @Nullable [] stripped = stripped(image);
      if (stripped == null) {
        throw new ImageException("image_format", "must be JPEG, PNG, WebP, GIF or BMP");
      }
      return stripped.length == image.length ? image : stripped;
    } catch (IndexOutOfBoundsException e) {
      throw new ImageException("image_damaged", "must be whole");
    }
  }

  private static byte @Nullable [] stripped(byte[] image) throws ImageException {
    if (starts(image, 0, 0xff, 0xd8, 0xff)) {
      return Jpeg.strip(image);
    }
    if (starts(image, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
      return Png.strip(image);
    }
    if (starts(image, 0, 'R', 'I', 'F', 'F') && starts(image, 8, 'W', 'E', 'B', 'P')) {
      return WebP.strip(image);
    }
    if (starts(image, 0, 'G', 'I', 'F', '8')) {
      return Gif.strip(image);
    }
    // A bitmap has no place for metadata but behind its picture.
    return starts(image, 0, 'B', 'M') ? Bitmap.strip(image) : null;
  }

  static boolean starts(byte[] bytes, int at, int... with) {
    if (bytes.length < at + with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if ((bytes[at + i] & 0xff) != with[i]) {
        return false;
      }
    }
    return true;
  }

  static ImageException damaged(String what) {
    return new ImageException("image_damaged", what);
  }
}
