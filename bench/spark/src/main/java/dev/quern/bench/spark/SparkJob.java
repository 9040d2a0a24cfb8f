package dev.quern.bench.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * J1 as one would write it for Spark: {@code SparkJob sql|columns|rows|operators INPUT OUTPUT
 * THREADS RUNS}. Its functions are those of Spark (sql), those of {@link TextFunctions} as
 * user-defined functions of columns (columns) or in a map of rows (rows), or Quern's operators in a
 * map of partitions (operators). Prints the CPU-seconds (user + system, of the process) of each
 * run; the first is cold.
 */
public final class SparkJob {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("url", DataTypes.StringType)
          .add("host", DataTypes.StringType)
          .add("lang", DataTypes.StringType)
          .add("crawled", DataTypes.StringType)
          .add("score", DataTypes.DoubleType)
          .add("text", DataTypes.StringType);

  private static final StructType OUTPUT = SCHEMA.add("words", DataTypes.LongType);

  /** White_Space of Unicode, and any address as users of regular expressions write it. */
  private static final String SPACE =
      "[\\\\s\\\\x{85}\\\\x{a0}\\\\x{1680}\\\\x{2000}-\\\\x{200a}\\\\x{2028}\\\\x{2029}\\\\x{202f}"
          + "\\\\x{205f}\\\\x{3000}]+";

  private static final String MAIL = "[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\\\\.)+[A-Za-z]{2,}";

  private SparkJob() {}

  /** Runs the job. */
  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[" + arguments[3] + "]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.parquet.compression.codec", "zstd")
            .config("spark.hadoop.parquet.compression.codec.zstd.level", 3)
            .getOrCreate()) {
      for (int run = 1; run <= Integer.parseInt(arguments[4]); run++) {
        System.gc();
        long cpu = cpuNanos();
        long wall = System.nanoTime();
        Dataset<Row> input = spark.read().schema(SCHEMA).json(arguments[1]);
        Dataset<Row> output =
            switch (arguments[0]) {
              case "sql" -> sql(input);
              case "columns" -> columns(input);
              case "rows" -> rows(input);
              case "operators" -> operators(input);
              default ->
                  throw new IllegalArgumentException(
                      "job must be sql, columns, rows or operators; found: " + arguments[0]);
            };
        output.write().mode(SaveMode.Overwrite).parquet(arguments[2]);
        System.out.printf(
            Locale.ROOT,
            "run %d: CPU %.2f s, wall %.2f s%n",
            run,
            (cpuNanos() - cpu) / 1e9,
            (System.nanoTime() - wall) / 1e9);
      }
    }
  }

  /** Functions of Spark alone. */
  private static Dataset<Row> sql(Dataset<Row> input) {
    String clean =
        "regexp_replace(trim(regexp_replace(text, '"
            + SPACE
            + "', ' ')), '"
            + MAIL
            + "', '[EMAIL]')";
    return input
        .withColumn("text", expr(clean))
        .withColumn("words", expr("length(text) - length(replace(text, ' ', '')) + 1L"))
        .filter(col("words").geq(50));
  }

  /** Quern's operators over batches of the rows of a partition. */
  private static Dataset<Row> operators(Dataset<Row> input) {
    int text = SCHEMA.fieldIndex("text");
    MapPartitionsFunction<Row, Row> map = rows -> new OperatorChain(rows, text);
    return input.mapPartitions(map, Encoders.row(OUTPUT));
  }

  /** Not deterministic: else the optimiser repeats what the filter needs below it. */
  private static Dataset<Row> columns(Dataset<Row> input) {
    UserDefinedFunction clean =
        udf(
                (String text) ->
                    text == null ? null : TextFunctions.mask(TextFunctions.squeeze(text)),
                DataTypes.StringType)
            .asNondeterministic();
    UserDefinedFunction words =
        udf((String text) -> text == null ? null : TextFunctions.words(text), DataTypes.LongType)
            .asNondeterministic();
    return input
        .withColumn("text", clean.apply(col("text")))
        .withColumn("words", words.apply(col("text")))
        .filter(col("words").geq(50));
  }

  private static Dataset<Row> rows(Dataset<Row> input) {
    int text = SCHEMA.fieldIndex("text");
    int words = SCHEMA.size();
    MapFunction<Row, Row> map =
        row -> {
          Object[] values = new Object[words + 1];
          for (int i = 0; i < words; i++) {
            values[i] = row.get(i);
          }
          if (!row.isNullAt(text)) {
            String clean = TextFunctions.mask(TextFunctions.squeeze(row.getString(text)));
            values[text] = clean;
            values[words] = TextFunctions.words(clean);
          }
          return RowFactory.create(values);
        };
    FilterFunction<Row> keep = row -> !row.isNullAt(words) && row.getLong(words) >= 50;
    return input.map(map, Encoders.row(OUTPUT)).filter(keep);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
