package dev.quern.acquire;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Attempts;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.format.csv.CsvFormat;
import dev.quern.format.csv.CsvSettings;
import dev.quern.format.source.FileReading;
import dev.quern.format.source.SourceFiles;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Reader;
import dev.quern.operator.Serving;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads CSV files, one sample for each row. Delimiter, header, encoding and types are detected from
 * the beginning of each file unless given. An unquoted empty cell is missing; rows that do not fit
 * are set aside with file, line, field and rule, see {@link CsvFormat}.
 *
 * @param location where the files are
 * @param settings what is not to be detected
 */
public record Csv(Location location, CsvSettings settings) implements Reader {
  private static final Param<String> DELIMITER =
      Param.text(
              "delimiter",
              new Localized(
                  "The character between cells, or tab; detected among , ; tab | unless given.",
                  "单元格之间的字符，或 tab；不写则在 , ; tab | 中检测。"))
          .where("one ASCII character or tab", Csv::isCharacter)
          .optional();
  private static final Param<CsvSettings.Header> HEADER =
      Param.choice(
              "header",
              CsvSettings.Header.class,
              new Localized(
                  "Whether the first row names the fields; auto: it does if none of its cells is a"
                      + " number, date or bool.",
                  "首行是否为字段名；auto：首行没有数字、日期或布尔值时视为字段名。"))
          .or(CsvSettings.Header.AUTO);
  private static final Param<List<String>> FIELDS =
      Param.texts(
              "fields",
              new Localized(
                  "Names of the fields in the order of the cells, instead of the header's.",
                  "按单元格顺序给出的字段名，代替表头。"))
          .where(
              "a list of unique, non-empty names",
              names -> new HashSet<>(names).size() == names.size() && !names.contains(""))
          .or(List.of());
  private static final Param<String> COMMENT =
      Param.text(
              "comment",
              new Localized(
                  "Lines that begin with this character are passed over.", "以此字符开头的行被跳过。"))
          .where("one ASCII character", text -> text.length() == 1 && text.charAt(0) < 128)
          .optional();
  private static final Param<Map<String, Type>> TYPES =
      Param.types(
              "types",
              Param.Kind.MAP,
              new Localized(
                  "Types of fields, instead of those inferred from the first MiB.",
                  "字段类型，代替由首个 MiB 推断的类型。"))
          .or(Map.of());
  private static final Param<CsvSettings.Quote> QUOTE =
      Param.choice(
              "quote",
              CsvSettings.Quote.class,
              new Localized(
                  "Whether double quotes enclose cells; none: they stand for themselves, as in"
                      + " many tab-separated files.",
                  "双引号是否包围单元格；none：引号只是普通字符，许多制表符分隔的文件如此。"))
          .or(CsvSettings.Quote.DOUBLE);
  private static final Param<Long> MAX_ROW_BYTES =
      Param.integer(
              "max_row_bytes",
              "bytes",
              1,
              1 << 29,
              new Localized(
                  "Longer rows are set aside; a quote must be closed within it.",
                  "更长的行被隔离；引号必须在此长度内闭合。"))
          .or((long) CsvSettings.MAX_ROW_BYTES);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "acquire.csv",
          new Localized(
              "Reads CSV files, one sample per row; delimiter, header, encoding and types are"
                  + " detected unless given.",
              "读取 CSV 文件，每行一个样本；分隔符、表头、编码和类型未给出时自动检测。"),
          "RFC 4180",
          2,
          Serving.TRAINING_ONLY,
          List.of(
              Location.PATH,
              Location.SHA256,
              HEADER,
              FIELDS,
              TYPES,
              DELIMITER,
              COMMENT,
              QUOTE,
              Encodings.ENCODING,
              MAX_ROW_BYTES),
          List.of(
              new Example(
                  "{path: people.csv}",
                  "[{\"name\": \"李雷\", \"age\": 31}, {\"name\": \"Mei\", \"age\": null}]",
                  "[{\"name\": \"李雷\", \"age\": 31}, {\"name\": \"Mei\", \"age\": null}]")),
          Csv::of);

  private static Csv of(Params params) {
    return new Csv(
        new Location(params.get(Location.PATH), params.find(Location.SHA256)),
        new CsvSettings(
            params.find(DELIMITER).map(text -> text.equals("tab") ? '\t' : text.charAt(0)),
            params.get(HEADER),
            params.get(FIELDS),
            params.find(COMMENT).map(text -> text.charAt(0)),
            params.find(Encodings.ENCODING),
            params.get(TYPES),
            params.get(QUOTE),
            Math.toIntExact(params.get(MAX_ROW_BYTES))));
  }

  private static boolean isCharacter(String text) {
    boolean one = text.length() == 1 && text.charAt(0) < 128;
    return text.equals("tab") || one && "\"\r\n".indexOf(text) < 0;
  }

  @Override
  public List<InputFile> files(Source source, Consumer<Attempts> attempts) throws IOException {
    return location.files(source, attempts, SourceFiles.Folders.REFUSED);
  }

  @Override
  public Schema infer(Source source, List<InputFile> files) throws IOException {
    Schema schema = CsvFormat.infer(settings, files);
    for (String name : settings.types().keySet()) {
      if (schema.indexOf(name) < 0) {
        throw new BindException(
            "types",
            "must name fields of the files"
                + "; found: "
                + name
                + dev.quern.text.Suggestion.of(name, schema.names()));
      }
    }
    return schema;
  }

  @Override
  public Reading bind(Source source, List<InputFile> files, Schema schema, RunContext run) {
    return new FileReading<>(source, files, new CsvFormat(settings, files, schema));
  }
}
