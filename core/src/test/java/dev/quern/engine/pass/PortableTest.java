package dev.quern.engine.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.Phase;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.engine.Source;
import dev.quern.engine.Task;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortableTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("id", Type.LONG),
          new Field("face", Type.BYTES, Set.of(Role.IMAGE), Optional.of("image/png")),
          Field.of("parts", new Type.ListOf(new Type.Struct(Schema.of(Field.of("a", Type.TEXT))))));

  private static Task task(Optional<String> fit) {
    return new Task("quality.trim-2", "quality.trim", 3, "{}", Task.Scope.TRAIN, fit);
  }

  private static Stage stage() {
    Source source =
        new Source(
            1,
            "web",
            "/in",
            "/cache",
            Split.TEST,
            List.of("id"),
            OptionalLong.of(7),
            Optional.of("looks"));
    Samples read = Samples.read(task(Optional.empty()), source, SCHEMA, "content");
    Samples mapped = read.map(task(Optional.of("fit-key")), SCHEMA);
    Feed feed =
        new Feed(new Origin.Reads(mapped, Optional.of("label"), 12), List.of(), SCHEMA)
            .plus(new Feed.Operation.Fold(0, "profile", Task.Scope.ALL), SCHEMA);
    List<SortKey> keys = List.of(new SortKey("id", SortKey.Direction.DESCENDING));
    return new Stage(
        3, Phase.Verb.SORT, "step", List.of(feed), new Ending.ForSort(SCHEMA, keys, 9), 4096);
  }

  @Test
  void descriptionsArriveAsTheyWere() throws IOException {
    byte[] bytes = Portable.write(stage());
    Stage back = Portable.read(bytes, Stage.class, getClass().getClassLoader());
    assertThat(back).isEqualTo(stage());
    assertThat(((Origin.Reads) back.feeds().get(0).origin()).samples().key())
        .isEqualTo(((Origin.Reads) stage().feeds().get(0).origin()).samples().key());
  }

  @Test
  void aWorkerOfAnotherBuildIsTold() throws IOException {
    byte[] bytes = Portable.write(stage());
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] other =
        text.replace("dev.quern.engine.pass.Stage", "dev.quern.engine.pass.Stave")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Portable.read(other, Stage.class, getClass().getClassLoader()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "workers must run the build that sent them work; found: no"
                + " dev.quern.engine.pass.Stave");
  }
}
