package dev.quern.testkit.conformance;

import dev.quern.testkit.conformance.Translations.NotExpressible;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Expectations of distributions in the words of checks. */
final class Distributions {
  private static final String MINUS_INFINITY = "-Infinity";
  private static final String INFINITY = "Infinity";

  static final Map<String, Function<Written, String>> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(
        "expect_column_kl_divergence_to_be_less_than",
        in -> {
          Object threshold = in.in().get("threshold");
          return "divergence("
              + in.named("column")
              + partition(in)
              + in.named("empty", "internal_weight_holdout")
              + ")"
              + (threshold == null ? "" : " <= " + Written.value(threshold));
        });
    NAMES.put(
        "expect_column_chisquare_test_p_value_to_be_greater_than",
        in ->
            "chi_square("
                + in.named("column")
                + partition(in)
                + ") > "
                + Written.value(in.in().get("p")));
    NAMES.put(
        "expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than",
        in ->
            "kolmogorov_smirnov("
                + in.named("column")
                + ", distribution = "
                + family(in)
                + ", parameters = "
                + Written.value(parameters(in))
                + ") > "
                + Written.value(in.in().get("p_value")));
    NAMES.put(
        "expect_column_bootstrapped_ks_test_p_value_to_be_greater_than",
        in -> {
          throw new NotExpressible("a test that draws samples; change is told by drift instead");
        });
    NAMES.put(
        "expect_column_pair_cramers_phi_value_to_be_less_than",
        in -> {
          throw new NotExpressible("no metric of the association of two fields");
        });
    NAMES.put(
        "expect_column_values_to_be_dateutil_parseable",
        in -> {
          throw new NotExpressible("dates in any form; formats must be named");
        });
  }

  private Distributions() {}

  private static String family(Written in) {
    return switch (String.valueOf(in.in().get("distribution"))) {
      case "norm" -> "normal";
      case "uniform" -> "uniform";
      case "expon" -> "exponential";
      case "gamma" -> "gamma";
      case "beta" -> "beta";
      case "chi2" -> "chi_square";
      default -> throw new NotExpressible("a family of distributions that is not offered");
    };
  }

  /** Parameters come as a list or by name, in the order of the list: shapes, place and scale. */
  private static List<?> parameters(Written in) {
    Object given = in.in().get("params");
    List<?> all =
        given instanceof Map<?, ?> named
            ? List.copyOf(named.values())
            : given instanceof List<?> list ? list : List.of();
    if (family(in).equals("uniform") && all.size() == 2) {
      // What they call max is the width: scipy takes it as the scale.
      double least = ((Number) all.get(0)).doubleValue();
      return List.of(least, least + ((Number) all.get(1)).doubleValue());
    }
    return all;
  }

  /** Bins that end at infinity are tails. */
  private static String partition(Written in) {
    if (!(in.in().get("partition_object") instanceof Map<?, ?> partition)) {
      return in.named("unexpected", "tail_weight_holdout");
    }
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    partition.forEach((key, value) -> written.put(String.valueOf(key), value));
    Object holdout = in.in().get("tail_weight_holdout");
    if (written.get("bins") instanceof List<?> bins
        && written.get("weights") instanceof List<?> weights) {
      boolean low = bins.get(0).equals(MINUS_INFINITY);
      boolean high = bins.get(bins.size() - 1).equals(INFINITY);
      written.put("bins", bins.subList(low ? 1 : 0, bins.size() - (high ? 1 : 0)));
      written.put("weights", weights.subList(low ? 1 : 0, weights.size() - (high ? 1 : 0)));
      if (low || high) {
        Object other = holdout == null ? 0L : holdout;
        List<Object> tails = new ArrayList<>();
        tails.add(low ? weights.get(0) : other);
        tails.add(high ? weights.get(weights.size() - 1) : other);
        written.put("tail_weights", tails);
        holdout = low && high ? holdout : null;
      }
    }
    StringJoiner all = new StringJoiner("");
    for (String key : List.of("values", "bins", "weights", "tail_weights")) {
      if (written.get(key) != null) {
        all.add(", " + key + " = " + Written.value(written.get(key)));
      }
    }
    return all + (holdout == null ? "" : ", unexpected = " + Written.value(holdout));
  }
}
