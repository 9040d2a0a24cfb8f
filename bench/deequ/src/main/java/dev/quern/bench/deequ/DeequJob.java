package dev.quern.bench.deequ;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.Completeness;
import com.amazon.deequ.analyzers.Maximum;
import com.amazon.deequ.analyzers.Mean;
import com.amazon.deequ.analyzers.Minimum;
import com.amazon.deequ.analyzers.runners.AnalysisRunBuilder;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.profiles.ColumnProfilerRunner;
import com.amazon.deequ.profiles.ColumnProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * What Quern's profile and checks do, in Deequ on Spark in this process: {@code DeequJob
 * profile|checks INPUT OUTPUT}.
 */
public final class DeequJob {
  private DeequJob() {}

  public static void main(String[] arguments) throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    Dataset<Row> data =
        spark.read().option("header", "true").option("inferSchema", "true").csv(arguments[1]);
    String found = arguments[0].equals("profile") ? profile(data) : checks(spark, data);
    Files.writeString(Path.of(arguments[2]), found);
    spark.stop();
  }

  private static String profile(Dataset<Row> data) {
    ColumnProfiles profiles = new ColumnProfilerRunner().onData(data).run();
    return profiles.numRecords() + "\n" + profiles.profiles();
  }

  private static String checks(SparkSession spark, Dataset<Row> data) {
    AnalysisRunBuilder run = new AnalysisRunBuilder(data);
    for (String column : data.columns()) {
      for (Analyzer<?, ?> analyzer :
          Arrays.<Analyzer<?, ?>>asList(
              new Completeness(column, Option.empty(), Option.empty()),
              new Minimum(column, Option.empty(), Option.empty()),
              new Maximum(column, Option.empty(), Option.empty()),
              new Mean(column, Option.empty()))) {
        run = add(run, analyzer);
      }
    }
    StringBuilder lines = new StringBuilder();
    AnalyzerContext context = run.run();
    for (Row row :
        AnalyzerContext.successMetricsAsDataFrame(
                spark, context, AnalyzerContext.successMetricsAsDataFrame$default$3())
            .collectAsList()) {
      lines.append(row.getString(1)).append(' ').append(row.getString(2)).append(' ');
      lines.append(row.getDouble(3)).append('\n');
    }
    return lines.toString();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Scala's wildcards are not Java's.
  private static AnalysisRunBuilder add(AnalysisRunBuilder run, Analyzer<?, ?> analyzer) {
    return run.addAnalyzer((Analyzer) analyzer);
  }
}
