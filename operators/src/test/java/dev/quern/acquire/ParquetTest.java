package dev.quern.acquire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.format.parquet.ParquetWriting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTest {
  private static final Schema SCHEMA =
      Schema.of(Field.of("n", Type.LONG).with(Role.LABEL), Field.of("t", Type.TEXT));

  @TempDir Path folder;

  private void write(String name, Ids ids) throws IOException {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    for (int i = 0; i < 10; i++) {
      builder.keys().append(1, i, 0, i, 0, (byte) 1);
      builder.column(0).appendLong(i);
      builder.column(1).appendText("t" + i);
    }
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    try (var out = new ParquetWriting(SCHEMA, ids).open(path)) {
      out.write(builder.build());
    }
  }

  private static Parquet parquet(String path) {
    return new Parquet(new Location(path, Optional.empty()), Optional.empty());
  }

  private Source source() {
    return new Source(1, "s", folder.toString(), folder.toString(), Split.NONE, List.of());
  }

  @Test
  void globsFindFilesSortedByName() throws IOException {
    write("data/b.parquet", Ids.NONE);
    write("data/a.parquet", Ids.NONE);
    write("data/deep/c.parquet", Ids.NONE);
    assertThat(parquet("data/*.parquet").files(source(), attempts -> {}))
        .extracting(InputFile::name)
        .containsExactly("a.parquet", "b.parquet");
    assertThat(parquet("data/**.parquet").files(source(), attempts -> {}))
        .extracting(InputFile::name)
        .containsExactly("a.parquet", "b.parquet", "deep/c.parquet");
    assertThat(parquet("data/deep/c.parquet").files(source(), attempts -> {}))
        .extracting(InputFile::name)
        .containsExactly("c.parquet");
    assertThatThrownBy(() -> parquet("data/x*").files(source(), attempts -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("data/x*: must name at least one file; found: none");
  }

  @Test
  void samplesComeWithRolesAndWithoutStoredIds() throws IOException {
    write("a/one.parquet", Ids.STORED);
    write("a/two.parquet", Ids.NONE);
    Parquet reader = parquet("a/*.parquet");
    List<InputFile> files = reader.files(source(), attempts -> {});
    assertThat(reader.infer(source(), files)).isEqualTo(SCHEMA);
    var reading = reader.bind(source(), files, SCHEMA, new RunContext(1));
    assertThat(reading.file(1)).isEqualTo("two.parquet");
    assertThat(reading.bytes()).isEqualTo(files.get(0).bytes() + files.get(1).bytes());
    try (var cutter = reading.cutter(1 << 20)) {
      var morsel = cutter.next();
      assertThat(morsel.firstFile()).isZero();
      assertThat(morsel.lastFile()).isEqualTo(1);
      assertThat((Object) cutter.next()).isNull();
    }
  }
}
