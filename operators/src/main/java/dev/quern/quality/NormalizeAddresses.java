package dev.quern.quality;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.address.Address;
import dev.quern.quality.address.AmericanAddress;
import dev.quern.quality.address.ChineseAddress;
import dev.quern.quality.cell.CellMapping;
import dev.quern.quality.cell.CellReading;
import dev.quern.quality.cell.CellTarget;
import dev.quern.quality.cell.Characters;
import dev.quern.quality.cell.Otherwise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings postal addresses of China and the United States to one form, and parts them.
 *
 * <p>The parts are region, city, district, street, number, unit and postal_code; a part that the
 * text does not name is missing. See {@link ChineseAddress} and {@link AmericanAddress}.
 *
 * @param fields text fields to read
 * @param style whose addresses they are; AUTO: Chinese where a Chinese character occurs
 * @param parts whether the parts come out too: as a struct NAME_parts, or as fields NAME_city …
 * @param otherwise what happens to a text that is no address
 */
public record NormalizeAddresses(List<String> fields, Style style, Parts parts, Otherwise otherwise)
    implements Mapper {

  /** Whose addresses are read. */
  public enum Style {
    AUTO,
    CHINESE,
    AMERICAN
  }

  /** What becomes of the parts. */
  public enum Parts {
    NONE,
    STRUCT,
    FIELDS
  }

  private static final Type STRUCT =
      Type.struct(new Schema(Address.NAMES.stream().map(n -> Field.of(n, Type.TEXT)).toList()));

  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Text fields that hold addresses.", "含地址的文本字段。"))
          .where("a list of at least one field name", fields -> !fields.isEmpty());

  private static final Param<Style> STYLE =
      Param.choice(
              "style",
              Style.class,
              new Localized(
                  "Whose addresses they are; auto tells it by Chinese characters.",
                  "地址样式；auto 按是否含汉字判断。"))
          .or(Style.AUTO);

  private static final Param<Parts> PARTS =
      Param.choice(
              "parts",
              Parts.class,
              new Localized(
                  "Whether the parts come out too: struct as NAME_parts, fields as NAME_city and so"
                      + " on.",
                  "是否输出各组成部分：struct 为 NAME_parts，fields 为 NAME_city 等字段。"))
          .or(Parts.NONE);

  private static final Param<Otherwise> OTHERWISE = Otherwise.PARAM.or(Otherwise.KEEP);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.normalize_addresses",
          new Localized("Brings postal addresses to one form and parts them.", "统一邮政地址的写法并拆分各部分。"),
          "USPS Publication 28; GB/T 2260",
          1,
          Serving.HOST,
          List.of(FIELDS, STYLE, PARTS, OTHERWISE),
          List.of(
              new Example(
                  "{fields: [a], parts: struct}",
                  "[{\"a\": \"广东深圳市南山区 科技园南路15号 A座3楼\"}]",
                  "[{\"a\": \"广东省深圳市南山区科技园南路15号A座3楼\", \"a_parts\": {\"region\": \"广东省\","
                      + " \"city\": \"深圳市\", \"district\": \"南山区\", \"street\": \"科技园南路\","
                      + " \"number\": \"15号\", \"unit\": \"A座3楼\", \"postal_code\": null}}]"),
              new Example(
                  "{fields: [a], otherwise: missing}",
                  "[{\"a\": \"123 NORTH MAIN STREET, APARTMENT 4B, SPRINGFIELD, ILLINOIS 62704\"},"
                      + " {\"a\": \"home\"}]",
                  "[{\"a\": \"123 N Main St Apt 4B, Springfield, IL 62704\"}, {\"a\": null}]")),
          params ->
              new NormalizeAddresses(
                  params.get(FIELDS), params.get(STYLE), params.get(PARTS), params.get(OTHERWISE)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    Set<String> read = new LinkedHashSet<>();
    for (String name : made) {
      read.add(input.indexOf(name) >= 0 ? name : source(input, name));
    }
    return read;
  }

  private String source(Schema input, String made) {
    for (int position : positions(input)) {
      for (Field part : partsOf(input.field(position))) {
        if (part.name().equals(made)) {
          return input.field(position).name();
        }
      }
    }
    return made;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (int position : positions(input)) {
      for (Field part : partsOf(input.field(position))) {
        if (output.indexOf(part.name()) >= 0) {
          throw new BindException(
              "parts", "must make fields that are not there; found: " + part.name());
        }
        output = output.with(part);
      }
    }
    return output;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    List<CellTarget> targets = new ArrayList<>();
    for (int position : positions(input)) {
      Field field = input.field(position);
      List<Field> made = new ArrayList<>(List.of(field));
      made.addAll(partsOf(field));
      targets.add(new CellTarget(position, new Reading(style), made, "a postal address"));
    }
    return new CellMapping(targets, otherwise);
  }

  private List<Field> partsOf(Field field) {
    return switch (parts) {
      case NONE -> List.of();
      case STRUCT -> List.of(Field.of(field.name() + "_parts", STRUCT));
      case FIELDS ->
          Address.NAMES.stream().map(n -> Field.of(field.name() + "_" + n, Type.TEXT)).toList();
    };
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input, "fields", fields, "text", field -> field.type().equals(Type.TEXT));
  }

  private static final class Reading implements CellReading {
    private final Characters text = new Characters();
    private final ChineseAddress chinese = new ChineseAddress();
    private final AmericanAddress american = new AmericanAddress();
    private final Style style;
    private boolean changed;

    Reading(Style style) {
      this.style = style;
    }

    @Override
    public @Nullable String read(Slice slice, ColumnBuilder[] into) {
      text.of(slice);
      boolean inChinese = style == Style.AUTO ? hasHan() : style == Style.CHINESE;
      Optional<Address> found = inChinese ? chinese.read(text) : american.read(text);
      if (found.isEmpty()) {
        return "not_an_address";
      }
      byte[] written = found.get().written().getBytes(StandardCharsets.UTF_8);
      changed = !Arrays.equals(written, 0, written.length, slice.bytes, slice.start, slice.end);
      into[0].appendSlice(written, 0, written.length);
      List<String> parts = found.get().parts();
      if (into.length == 2) {
        for (int i = 0; i < parts.size(); i++) {
          append(parts.get(i), into[1].part(i));
        }
        into[1].endStruct();
      } else {
        for (int i = 1; i < into.length; i++) {
          append(parts.get(i - 1), into[i]);
        }
      }
      return null;
    }

    private static void append(String part, ColumnBuilder into) {
      if (part.isEmpty()) {
        into.appendNull();
      } else {
        into.appendText(part);
      }
    }

    private boolean hasHan() {
      for (int i = 0; i < text.size(); i++) {
        if (text.at(i) >= 0x4e00 && text.at(i) <= 0x9fff) {
          return true;
        }
      }
      return false;
    }

    @Override
    public @Nullable String change() {
      return changed ? "address_form" : null;
    }
  }
}
