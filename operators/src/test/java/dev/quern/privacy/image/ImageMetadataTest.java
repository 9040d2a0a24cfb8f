package dev.quern.privacy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMetadataTest {
  private static final byte[] CANARY = "48.8584N 2.2945E".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
  void thePictureStaysAndWhatIsToldBesideGoes(String format) throws Exception {
    byte[] plain = picture(format);
    byte[] told = told(format, plain);
    assertThat(holds(told)).isTrue();
    byte[] stripped = ImageMetadata.strip(told);
    assertThat(holds(stripped)).isFalse();
    assertThat(pixels(stripped)).isEqualTo(pixels(plain));
    assertThat(ImageMetadata.strip(stripped)).isSameAs(stripped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
  void aFileCutAnywhereIsRefusedOrHoldsNothingMore(String format) throws Exception {
    byte[] told = told(format, picture(format));
    for (int length = 0; length < told.length; length++) {
      try {
        assertThat(holds(ImageMetadata.strip(Arrays.copyOf(told, length)))).isFalse();
      } catch (ImageMetadata.ImageException e) {
        assertThat(e.rule()).isIn("image_format", "image_damaged");
      }
    }
  }

  @Test
  void theOrientationOfAJpegStaysAlone() throws Exception {
    byte[] plain = picture("jpg");
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      byte[] stripped = ImageMetadata.strip(behindStart(plain, exif(order, 6)));
      assertThat(holds(stripped)).isFalse();
      // Marker, length, Exif, TIFF header, one entry: tag 0x0112, SHORT, 1, value 6.
      byte[] entry = {0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6};
      assertThat(new String(stripped, StandardCharsets.ISO_8859_1))
          .contains(new String(entry, StandardCharsets.ISO_8859_1));
      assertThat(ImageMetadata.strip(stripped)).isSameAs(stripped);
      assertThat(ImageMetadata.strip(behindStart(plain, exif(order, 1)))).isEqualTo(plain);
    }
  }

  @Test
  void webPLosesChunksAndFlags() throws Exception {
    ByteBuffer file = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(0).put(ascii("WEBP"));
    file.put(ascii("VP8X")).putInt(10).put((byte) 0x1c).put(new byte[9]);
    file.put(ascii("VP8L")).putInt(3).put(new byte[] {0x2f, 1, 2, 0});
    file.put(ascii("EXIF")).putInt(CANARY.length).put(CANARY);
    file.put(ascii("XMP ")).putInt(CANARY.length).put(CANARY);
    file.putInt(4, file.position() - 8);
    byte[] stripped = ImageMetadata.strip(Arrays.copyOf(file.array(), file.position()));
    assertThat(holds(stripped)).isFalse();
    assertThat(stripped).hasSize(12 + 18 + 12);
    assertThat(stripped[20]).isEqualTo((byte) 0x10);
    assertThat(stripped[4]).isEqualTo((byte) (stripped.length - 8));
  }

  @Test
  void otherFormatsAreRefused() {
    assertThatThrownBy(() -> ImageMetadata.strip(ascii("II*\0 a TIFF")))
        .isInstanceOf(ImageMetadata.ImageException.class)
        .hasMessage("must be JPEG, PNG, WebP, GIF or BMP");
  }

  private static byte[] told(String format, byte[] plain) throws IOException {
    byte[] told =
        switch (format) {
          case "jpg" -> {
            byte[] comment = segment(0xfe, CANARY);
            byte[] iptc = segment(0xed, CANARY);
            yield behindStart(
                behindStart(behindStart(plain, comment), iptc), exif(ByteOrder.LITTLE_ENDIAN, 1));
          }
          case "png" -> png(png(plain, "tEXt"), "eXIf");
          case "gif" -> gif(plain);
          default -> plain;
        };
    byte[] behind = Arrays.copyOf(told, told.length + CANARY.length);
    System.arraycopy(CANARY, 0, behind, told.length, CANARY.length);
    return behind;
  }

  private static byte[] segment(int marker, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) 0xff)
        .put((byte) marker)
        .putShort((short) (2 + content.length))
        .put(content)
        .array();
  }

  private static byte[] exif(ByteOrder order, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(100).order(ByteOrder.BIG_ENDIAN);
    exif.put(ascii("Exif\0\0")).put(ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"));
    exif.order(order).putShort((short) 42).putInt(8).putShort((short) 2);
    exif.putShort((short) 0x010e).putShort((short) 2).putInt(CANARY.length).putInt(38);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0).put(CANARY);
    return segment(0xe1, Arrays.copyOf(exif.array(), exif.position()));
  }

  private static byte[] behindStart(byte[] jpeg, byte[] segment) {
    return ByteBuffer.allocate(jpeg.length + segment.length)
        .put(jpeg, 0, 2)
        .put(segment)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] png(byte[] plain, String type) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + CANARY.length);
    chunk.putInt(CANARY.length).put(ascii(type)).put(CANARY);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + CANARY.length);
    chunk.putInt((int) sum.getValue());
    int header = 8 + 25;
    return ByteBuffer.allocate(plain.length + chunk.capacity())
        .put(plain, 0, header)
        .put(chunk.array())
        .put(plain, header, plain.length - header)
        .array();
  }

  private static byte[] gif(byte[] plain) {
    int header = 13 + ((plain[10] & 0x80) == 0 ? 0 : 3 << ((plain[10] & 7) + 1));
    return ByteBuffer.allocate(plain.length + 4 + CANARY.length)
        .put(plain, 0, header)
        .put((byte) 0x21)
        .put((byte) 0xfe)
        .put((byte) CANARY.length)
        .put(CANARY)
        .put((byte) 0)
        .put(plain, header, plain.length - header)
        .array();
  }

  private static byte[] picture(String format) throws IOException {
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 9; x++) {
      for (int y = 0; y < 7; y++) {
        image.setRGB(x, y, x * 25 << 16 | y * 30 << 8 | 90);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static int[] pixels(byte[] image) throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(image));
    return read.getRGB(0, 0, read.getWidth(), read.getHeight(), null, 0, read.getWidth());
  }

  private static boolean holds(byte[] image) {
    return new String(image, StandardCharsets.ISO_8859_1)
        .contains(new String(CANARY, StandardCharsets.ISO_8859_1));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
