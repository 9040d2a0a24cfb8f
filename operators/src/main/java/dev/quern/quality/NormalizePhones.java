package dev.quern.quality;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.cell.CellMapping;
import dev.quern.quality.cell.CellReading;
import dev.quern.quality.cell.CellTarget;
import dev.quern.quality.cell.Characters;
import dev.quern.quality.cell.Otherwise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings telephone numbers to the international form of E.164, {@code +8613812345678}; an extension
 * follows as {@code ;ext=12}.
 *
 * <p>Numbers without a country code are of the declared region. A number must be valid by the
 * numbering plan of its country, as the metadata of libphonenumber tell it.
 *
 * @param fields text fields to read
 * @param region region (ISO 3166-1 alpha-2) of numbers without a country code
 * @param otherwise what happens to a text that is no telephone number
 */
public record NormalizePhones(List<String> fields, Optional<String> region, Otherwise otherwise)
    implements Mapper {
  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Text fields that hold numbers.", "含电话号码的文本字段。"))
          .where("a list of at least one field name", fields -> !fields.isEmpty());

  private static final Param<String> REGION =
      Param.text(
              "region",
              new Localized(
                  "Region of numbers without a country code, for example CN or US.",
                  "没有国家代码的号码所属地区，例如 CN 或 US。"))
          .where(
              "a region of ISO 3166-1 in two letters",
              code ->
                  PhoneNumberUtil.getInstance()
                      .getSupportedRegions()
                      .contains(code.toUpperCase(Locale.ROOT)))
          .optional();

  private static final Param<Otherwise> OTHERWISE = Otherwise.PARAM.or(Otherwise.QUARANTINE);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.normalize_phones",
          new Localized(
              "Brings telephone numbers to the international form.", "把电话号码统一为国际格式（E.164）。"),
          "ITU-T E.164; RFC 3966 for extensions; libphonenumber",
          1,
          Serving.HOST,
          List.of(FIELDS, REGION, OTHERWISE),
          List.of(
              new Example(
                  "{fields: [p], region: CN}",
                  "[{\"p\": \"138-1234-5678\"}, {\"p\": \"(010) 6552 9988 转 12\"},"
                      + " {\"p\": \"+1 (650) 253-0000\"}, {\"p\": \"12\"}]",
                  "[{\"p\": \"+8613812345678\"}, {\"p\": \"+861065529988;ext=12\"},"
                      + " {\"p\": \"+16502530000\"}]"),
              new Example(
                  "{fields: [p], otherwise: keep}",
                  "[{\"p\": \"0044 20 7946 0018\"}, {\"p\": \"+44 20 7946 0018\"}]",
                  "[{\"p\": \"0044 20 7946 0018\"}, {\"p\": \"+442079460018\"}]")),
          params ->
              new NormalizePhones(
                  params.get(FIELDS),
                  params.find(REGION).map(code -> code.toUpperCase(Locale.ROOT)),
                  params.get(OTHERWISE)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    positions(input);
    return input;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    List<CellTarget> targets = new ArrayList<>();
    for (int position : positions(input)) {
      Field field = input.field(position);
      targets.add(
          new CellTarget(
              position, new Reading(region.orElse(null)), List.of(field), "a telephone number"));
    }
    return new CellMapping(targets, otherwise);
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT));
  }

  private static final class Reading implements CellReading {
    /** The longest number with extension and separators is far shorter. */
    private static final int MOST_CHARACTERS = 60;

    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    private final Characters text = new Characters();
    private final @Nullable String region;
    private boolean changed;

    Reading(@Nullable String region) {
      this.region = region;
    }

    @Override
    public @Nullable String read(Slice slice, ColumnBuilder[] parts) {
      String written = plain(slice);
      if (written.isEmpty()) {
        return "not_a_phone_number";
      }
      PhoneNumber number;
      try {
        number = phones.parse(written, region);
      } catch (NumberParseException e) {
        return e.getErrorType() == NumberParseException.ErrorType.INVALID_COUNTRY_CODE
            ? "no_country_code"
            : "not_a_phone_number";
      }
      if (!phones.isValidNumber(number)) {
        return "not_a_valid_phone_number";
      }
      String canonical = phones.format(number, PhoneNumberUtil.PhoneNumberFormat.E164);
      if (number.hasExtension()) {
        canonical += ";ext=" + number.getExtension();
      }
      byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
      changed = !Arrays.equals(bytes, 0, bytes.length, slice.bytes, slice.start, slice.end);
      parts[0].appendSlice(bytes, 0, bytes.length);
      return null;
    }

    /** Returns digits and separators with one spelling of extensions; empty where else stands. */
    private String plain(Slice slice) {
      text.of(slice);
      if (text.size() > MOST_CHARACTERS) {
        return "";
      }
      StringBuilder plain = new StringBuilder();
      int at = text.has(0, "tel:") ? 4 : 0;
      while (at < text.size()) {
        int point = text.at(at);
        int extension = extension(at);
        if (extension > 0) {
          plain.append(" ext. ");
          at += extension;
        } else if (Characters.isDigit(point) || " +-()./#".indexOf(point) >= 0) {
          plain.append((char) point);
          at++;
        } else {
          return "";
        }
      }
      return plain.toString();
    }

    private int extension(int at) {
      for (String word :
          new String[] {";ext=", "extension", "ext.", "ext", "x", "分机号", "分机", "转", "轉"}) {
        if (text.has(at, word)) {
          return word.length();
        }
      }
      return 0;
    }

    @Override
    public @Nullable String change() {
      return changed ? "phone_form" : null;
    }
  }
}
