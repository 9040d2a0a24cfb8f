package dev.quern.bench.whole;

import dev.quern.operator.Registry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBFunctions;

/**
 * J1 in DuckDB with Quern's operators as scalar functions in Java: {@code DuckDbJob INPUT OUTPUT
 * [THREADS]}.
 */
public final class DuckDbJob {
  private DuckDbJob() {}

  /** Runs the job. */
  public static void main(String[] arguments) throws SQLException {
    Registry registry = Registry.load(DuckDbJob.class.getClassLoader());
    String threads = arguments.length > 2 ? arguments[2] : "2";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + threads);
      List<String> text = List.of("text");
      register(
          connection,
          "clean",
          new OperatorFunction(
              registry, "quality.trim", Map.of("fields", text, "collapse", "single")),
          String.class);
      register(
          connection,
          "mask",
          new OperatorFunction(
              registry,
              "privacy.redact_pattern",
              Map.of("fields", text, "patterns", List.of("email"))),
          String.class);
      register(
          connection,
          "words",
          new OperatorFunction(
              registry,
              "quality.derive",
              Map.of(
                  "fields", Map.of("words", "length(text) - length(replace(text, ' ', '')) + 1"))),
          Long.class);
      statement.execute(
          """
          COPY (
            SELECT * FROM (
              SELECT *, words(text) AS words FROM (
                SELECT * REPLACE (mask(clean(text)) AS text)
                FROM read_json('%s', format = 'newline_delimited', columns = {
                  id: 'BIGINT', url: 'VARCHAR', host: 'VARCHAR', lang: 'VARCHAR',
                  crawled: 'VARCHAR', score: 'DOUBLE', text: 'VARCHAR'})))
            WHERE words >= 50)
          TO '%s' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3)\
          """
              .formatted(arguments[0], arguments[1]));
    }
  }

  /** Volatile, so that a function is not computed again where its value is used twice. */
  private static void register(
      Connection connection, String name, OperatorFunction function, Class<?> type)
      throws SQLException {
    DuckDBFunctions.scalarFunction()
        .withName(name)
        .withParameter(String.class)
        .withReturnType(type)
        .withVectorizedFunction(function)
        .withVolatile()
        .register(connection);
  }
}
