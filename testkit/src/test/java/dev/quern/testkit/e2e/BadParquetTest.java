package dev.quern.testkit.e2e;

import static dev.quern.testkit.fuzz.Crafted.concat;
import static dev.quern.testkit.fuzz.Crafted.little;
import static dev.quern.testkit.fuzz.Crafted.varints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.DataException;
import dev.quern.run.RunResult;
import dev.quern.testkit.fuzz.Crafted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files that are cut, damaged, too deep or claim what they do not have, end to end. */
class BadParquetTest {
  private static final String CANARY = "CANARY4711";

  @TempDir private Path folder;
  private Scene scene;
  private byte[] whole = {};
  private Map<String, String> before = Map.of();

  @BeforeEach
  void publishAVersion() throws Exception {
    scene = new Scene(folder);
    StringBuilder rows = new StringBuilder("id,name,list\n");
    for (int i = 0; i < 2_000; i++) {
      rows.append(i).append(',').append(CANARY).append(i).append(",\"[\"\"a\"\",\"\"b\"\"]\"\n");
    }
    scene.write("good.csv", rows.toString());
    scene.write(
        "recipe.yaml",
        "recipe: good\nread: [ { acquire.csv: { path: good.csv, types: { list: list<text> } } } ]\n");
    scene.run("recipe.yaml");
    before = scene.published("workspace");
    for (Path shard : Scene.files(folder.resolve("workspace/shards"))) {
      whole = Files.readAllBytes(shard);
    }
    scene.write(
        "recipe.yaml", "recipe: good\nread: [ { acquire.parquet: { path: x.parquet } } ]\n");
  }

  private void assertRefused(String what, byte[] file, String code) throws IOException {
    scene.write("x.parquet", file);
    assertThatThrownBy(() -> scene.run("recipe.yaml"))
        .as(what)
        .isInstanceOfSatisfying(DataException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith("x.parquet: ")
        .hasMessageContaining("; found: ")
        .hasMessageNotContaining(CANARY);
    assertThat(scene.published("workspace")).as(what).isEqualTo(before);
  }

  @Test
  void cutAndDamagedFilesAreRefusedAndWholeOnesRead() throws Exception {
    for (int length : new int[] {1, 11, 12, 100, whole.length / 2, whole.length - 1}) {
      assertRefused("cut at " + length, Arrays.copyOf(whole, length), "not_parquet");
    }
    scene.write("x.parquet", whole);
    RunResult right = scene.run("recipe.yaml");
    assertThat(Scene.part(right.report(), "accounting"))
        .containsEntry("kept", 2_000L)
        .containsEntry("conserved", true);
    before = scene.published("workspace");
    SplittableRandom random = new SplittableRandom(5);
    int refused = 0;
    int footer = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
    int pages = whole.length - 8 - footer;
    for (int i = 0; i < 24; i++) {
      byte[] broken = whole.clone();
      // Ids, which come first and are passed over, are not looked at, nor are indexes of pages.
      broken[pages / 4 * 3 + random.nextInt(pages / 4)] ^= (byte) (1 << random.nextInt(8));
      scene.write("x.parquet", broken);
      try {
        assertThat(Scene.digest(scene.run("recipe.yaml"))).isEqualTo(Scene.digest(right));
      } catch (DataException e) {
        refused++;
        assertThat(e.code()).isEqualTo("parquet_damaged");
        assertThat(e).hasMessageStartingWith("x.parquet: ").hasMessageNotContaining(CANARY);
        assertThat(scene.published("workspace")).isEqualTo(before);
      }
    }
    assertThat(refused).isGreaterThan(8);
  }

  @Test
  void filesThatAreNestedTooDeepAreRefused() throws Exception {
    scene.write("x.parquet", Crafted.nested(30));
    assertThat(Scene.part(scene.run("recipe.yaml").report(), "accounting"))
        .containsEntry("read", 0L);
    before = scene.published("workspace");
    for (int levels : new int[] {31, 63, 64, 1_000}) {
      assertRefused(levels + " levels", Crafted.nested(levels), "parquet_unsupported");
    }
    // So deep that the library itself has no stack for it.
    assertRefused("100000 levels", Crafted.nested(100_000), "parquet_damaged");
  }

  /** What a few bytes claim would not fit into this heap: no memory is asked for. */
  @Test
  void claimsAreRefusedInASmallHeap() throws Exception {
    FieldRepetitionType required = FieldRepetitionType.REQUIRED;
    Map<String, byte[]> claims = new LinkedHashMap<>();
    Crafted zstd = new Crafted(Type.INT32, required);
    zstd.codec = CompressionCodec.ZSTD;
    claims.put(
        "a page of 400 MiB",
        zstd.page(
                3, Encoding.PLAIN, 400 << 20, com.github.luben.zstd.Zstd.compress(little(1, 2, 3)))
            .file());
    claims.put(
        "a dictionary of a thousand million values",
        new Crafted(Type.INT64, required)
            .dictionary(1_000_000_000, new byte[24])
            .page(3, Encoding.RLE_DICTIONARY, new byte[] {1, 6, 0})
            .file());
    claims.put(
        "as many deltas",
        new Crafted(Type.INT64, required)
            .page(1_000_000_000, Encoding.DELTA_BINARY_PACKED, varints(128, 4, 1_000_000_000, 0))
            .file());
    byte[] groups = varints(200_000_000L << 1 | 1);
    claims.put(
        "as many levels",
        new Crafted(Type.INT32, FieldRepetitionType.OPTIONAL)
            .page(3, Encoding.PLAIN, concat(little(groups.length), groups, little(1, 2, 3)))
            .file());
    claims.put(
        "a footer with a list of as many parts",
        new Crafted(Type.INT32, required)
            .file(
                concat(new byte[] {0x15, 0, 0x19, (byte) 0xfc}, varints(90_000_000), new byte[9])));
    for (Map.Entry<String, byte[]> claim : claims.entrySet()) {
      scene.write("x.parquet", claim.getValue());
      Scene.Said said =
          Scene.finish(
              scene.start(
                  "dev.quern.cli.Quern", List.of("run", "recipe.yaml"), List.of("-Xmx64m")));
      assertThat(said.code()).as(claim.getKey() + said.err()).isEqualTo(3);
      assertThat(said.told())
          .as(claim.getKey())
          .singleElement()
          .asString()
          .startsWith("x.parquet: a Parquet file must be whole; found: damaged content (")
          .endsWith("get the file again or restore it");
    }
    assertThat(scene.published("workspace")).isEqualTo(before);
  }
}
