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
import dev.quern.key.Prf;
import dev.quern.key.Purpose;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.privacy.recognise.checksum.DateTexts;
import dev.quern.text.ValueWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Shifts dates by whole days, by the same number for all dates of one subject: what lies between
 * two dates of a person stays, when it was does not. The number of days is drawn by
 * HMAC-SHA-256(key, subject) from −days … −1, 1 … days. Missing stays missing; a sample without a
 * subject, or a text that is no date, goes into quarantine, for its date would stay in clear.
 *
 * @param fields date, timestamp or text fields
 * @param subject the field that tells whose dates they are; absent: the field with role subject
 * @param days the most days, in [1, 36500]
 * @param key where the key is found
 */
public record ShiftDates(List<String> fields, Optional<String> subject, long days, String key)
    implements Mapper {
  private static final long MICROS = 86_400_000_000L;

  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Date, timestamp or text fields.", "日期、时间戳或文本字段。"));

  private static final Param<String> SUBJECT =
      Param.field(
              "subject",
              new Localized(
                  "The field that tells whose dates they are; the field with role subject by default.",
                  "表示日期属于谁的字段；默认为角色 subject 的字段。"))
          .optional();

  private static final Param<Long> DAYS =
      Param.integer(
              "days",
              "days",
              1,
              36500,
              new Localized("The most days by which dates move.", "日期移动的最大天数。"))
          .or(365L);

  private static final Param<String> KEY =
      Param.key(
          "key",
          new Localized(
              "Where the key is found: key:NAME, a keyset for prf, or env:NAME or file:PATH.",
              "密钥所在：key:NAME（用途为 prf 的密钥集），或 env:环境变量名、file:路径。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.shift_dates",
          new Localized(
              "Shifts the dates of each person by a number of days of their own.",
              "将每个人的日期按各自的天数平移。"),
          "RFC 2104 (HMAC); Johnson et al. 2016, MIMIC-III (shifted dates)",
          1,
          Serving.HOST,
          List.of(FIELDS, SUBJECT, DAYS, KEY),
          List.of(
              new Example(
                  "{fields: [on], subject: id, key: \"env:QUERN_KEY\"}",
                  "[{\"id\": \"a\", \"on\": \"2024-05-17\"}, {\"id\": \"a\", \"on\": \"2024-05-19\"}]",
                  "[{\"id\": \"a\", \"on\": \"2025-04-14\"}, {\"id\": \"a\", \"on\": \"2025-04-16\"}]")),
          params ->
              new ShiftDates(
                  params.get(FIELDS), params.find(SUBJECT), params.get(DAYS), params.get(KEY)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    Set<String> all = new LinkedHashSet<>(made);
    all.add(input.field(subject(input)).name());
    return all;
  }

  @Override
  public Schema output(Schema input) {
    positions(input);
    subject(input);
    return input;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    Prf prf = run.secrets().keyset(key, Purpose.PRF).prf();
    return new Shifting(positions(input), subject(input), days, prf);
  }

  private int subject(Schema input) {
    if (subject.isPresent()) {
      return FieldChoice.position(input, "subject", subject.get());
    }
    for (int i = 0; i < input.size(); i++) {
      if (input.field(i).is(Role.SUBJECT)) {
        return i;
      }
    }
    throw new BindException(
        "subject", "must be given where no field has the role subject; found: none");
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input,
        "fields",
        fields,
        "date, timestamp or text",
        field ->
            field.type().equals(Type.DATE)
                || field.type().equals(Type.TIMESTAMP)
                || field.type().equals(Type.TEXT));
  }

  private static final class Shifting implements Mapping {
    private final int[] positions;
    private final int subject;
    private final long days;
    private final Prf prf;
    private final ValueWriter writer = new ValueWriter();
    private final Slice slice = new Slice();

    Shifting(int[] positions, int subject, long days, Prf prf) {
      this.positions = positions;
      this.subject = subject;
      this.days = days;
      this.prf = prf;
    }

    @Override
    public void map(Batch batch, Outcome out) {
      ColumnBuilder[] builders = new ColumnBuilder[positions.length];
      for (int i = 0; i < positions.length; i++) {
        builders[i] = ColumnBuilder.of(batch.column(positions[i]).type());
      }
      int[] rows = new int[batch.count()];
      int kept = 0;
      int next = 0;
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        for (; next < row; next++) {
          missing(builders);
        }
        next++;
        if (isShifted(batch, row, builders, out)) {
          rows[kept++] = row;
        }
      }
      for (; next < batch.rows(); next++) {
        missing(builders);
      }
      Batch shifted = batch;
      for (int i = 0; i < positions.length; i++) {
        Field field = batch.schema().field(positions[i]);
        shifted = shifted.with(field, builders[i].build());
        out.changed(field.name(), "shift_dates", kept);
      }
      out.keep(kept == batch.count() ? shifted : shifted.select(rows, kept));
    }

    private static void missing(ColumnBuilder[] builders) {
      for (ColumnBuilder builder : builders) {
        builder.appendNull();
      }
    }

    private boolean isShifted(Batch batch, int row, ColumnBuilder[] builders, Outcome out) {
      if (batch.column(subject).isNull(row)) {
        String name = batch.schema().field(subject).name();
        out.quarantine(batch, row, name, Fault.of("subject_missing", "a subject"));
        missing(builders);
        return false;
      }
      long by = days(writer.text(batch.column(subject), row));
      for (int i = 0; i < positions.length; i++) {
        Column column = batch.column(positions[i]);
        if (!column.isNull(row) && !append(column, row, by, builders[i])) {
          String name = batch.schema().field(positions[i]).name();
          Fault fault = Fault.of("not_a_date", "a date", column.sliceAt(row, slice));
          out.quarantine(batch, row, name, fault);
          for (; i < positions.length; i++) {
            builders[i].appendNull();
          }
          return false;
        } else if (column.isNull(row)) {
          builders[i].appendNull();
        }
      }
      return true;
    }

    private static boolean append(Column column, int row, long by, ColumnBuilder into) {
      if (column.type().equals(Type.DATE)) {
        into.appendLong(column.longAt(row) + by);
        return true;
      }
      if (column.type().equals(Type.TIMESTAMP)) {
        into.appendLong(column.longAt(row) + by * MICROS);
        return true;
      }
      Optional<DateTexts.Dated> date = DateTexts.read(column.textAt(row));
      date.ifPresent(found -> into.appendText(found.written(found.date().plusDays(by))));
      return date.isPresent();
    }

    private long days(String of) {
      byte[] hash = prf.compute(("shift_dates\0" + of).getBytes(StandardCharsets.UTF_8));
      // 64 bits over at most 73,000 numbers: no number is likelier by more than 10^-14.
      long drawn = Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), 2 * days);
      return drawn < days ? drawn - days : drawn - days + 1;
    }
  }
}
