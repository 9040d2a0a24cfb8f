package dev.quern.privacy;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.privacy.image.ImageMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes EXIF (place, time, camera, preview), XMP, IPTC and comments out of images; the picture is
 * not coded anew. Colour profiles stay, and of EXIF the orientation. JPEG, PNG, WebP, GIF and BMP;
 * an image of another format or a damaged one goes into quarantine. See {@link ImageMetadata}.
 *
 * @param fields bytes fields, or text fields of Base64 (with or without {@code data:…;base64,});
 *     absent: all with role image
 */
public record StripMetadata(Optional<List<String>> fields) implements Mapper {
  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "Fields of images, bytes or text in Base64; those with role image by default.",
                  "图像字段（字节，或 Base64 文本）；默认为角色 image 的字段。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.strip_metadata",
          new Localized(
              "Takes place, time, camera and comments out of images.", "去除图像中的位置、时间、相机等元数据。"),
          "CIPA DC-008 (Exif), ITU-T T.81 (JPEG), ISO/IEC 15948 (PNG), RFC 9649 (WebP), GIF 89a",
          1,
          Serving.HOST,
          List.of(FIELDS),
          List.of(
              new Example(
                  "{fields: [i]}",
                  "[{\"i\": \"R0lGODlhAQABAIAAAP///wAAACH+BkdlaGVpbQAsAAAAAAEAAQAAAgJEAQA7\"},"
                      + " {\"i\": null}]",
                  "[{\"i\": \"R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=\"}, {\"i\": null}]")),
          params -> new StripMetadata(params.find(FIELDS)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    if (positions(input).length == 0) {
      throw new BindException(
          FIELDS.name(), "must be given where no field has the role image; found: none");
    }
    return input;
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input,
        FIELDS.name(),
        fields,
        "bytes or text",
        field -> field.type().equals(Type.BYTES) || field.type().equals(Type.TEXT),
        field -> field.is(Role.IMAGE));
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    return new Stripping(positions(input));
  }

  private static final class Stripping implements Mapping {
    private final int[] positions;
    private final Slice slice = new Slice();

    Stripping(int[] positions) {
      this.positions = positions;
    }

    @Override
    public void map(Batch batch, Outcome out) {
      boolean[] isFaulty = new boolean[batch.rows()];
      Batch stripped = batch;
      for (int position : positions) {
        Field field = batch.schema().field(position);
        stripped = stripped.with(field, stripped(batch, position, field.name(), isFaulty, out));
      }
      int[] rows = new int[batch.count()];
      int kept = 0;
      for (int i = 0; i < batch.count(); i++) {
        if (!isFaulty[batch.row(i)]) {
          rows[kept++] = batch.row(i);
        }
      }
      out.keep(kept == batch.count() ? stripped : stripped.select(rows, kept));
    }

    private Column stripped(
        Batch batch, int position, String field, boolean[] isFaulty, Outcome out) {
      Column column = batch.column(position);
      ColumnBuilder builder = ColumnBuilder.of(column.type());
      long changed = 0;
      int selected = 0;
      for (int row = 0; row < batch.rows(); row++) {
        boolean isSelected = selected < batch.count() && batch.row(selected) == row;
        selected += isSelected ? 1 : 0;
        if (!isSelected || column.isNull(row) || isFaulty[row]) {
          builder.appendNull();
          continue;
        }
        try {
          column.sliceAt(row, slice);
          int before = slice.length();
          byte[] made = column.type().equals(Type.BYTES) ? bytes(slice) : text(slice);
          builder.appendSlice(made, 0, made.length);
          changed += made.length == before ? 0 : 1;
        } catch (ImageMetadata.ImageException e) {
          builder.appendNull();
          isFaulty[row] = true;
          out.quarantine(batch, row, field, Fault.of(e.rule(), "an image; it " + e.getMessage()));
        }
      }
      out.changed(field, "strip_metadata", changed);
      return builder.build();
    }

    private static byte[] bytes(Slice image) throws ImageMetadata.ImageException {
      return ImageMetadata.strip(Arrays.copyOfRange(image.bytes, image.start, image.end));
    }

    private static byte[] text(Slice text) throws ImageMetadata.ImageException {
      String written = text.text();
      int comma = written.startsWith("data:") ? written.indexOf(',') + 1 : 0;
      try {
        byte[] image = Base64.getMimeDecoder().decode(written.substring(comma).strip());
        byte[] stripped = ImageMetadata.strip(image);
        return stripped == image
            ? written.getBytes(StandardCharsets.UTF_8)
            : (written.substring(0, comma) + Base64.getEncoder().encodeToString(stripped))
                .getBytes(StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return ImageMetadata.strip(new byte[0]);
      }
    }
  }
}
