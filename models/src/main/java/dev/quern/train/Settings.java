package dev.quern.train;

import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.tensor.Activation;
import dev.quern.tensor.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a network is trained, apart from its architecture.
 *
 * @param inputs fields to read; absent: all that can be inputs
 * @param exclude fields not to read
 * @param textBuckets rows of the table of n-grams of each free text
 * @param textNgrams longest n-gram (characters)
 * @param maxCategories most values of a text that is read as categories
 * @param loss what is made small
 * @param positive the positive class of two
 * @param optimizer the rule of a step
 * @param epochs passes over the samples, at most
 * @param batchSize samples per step
 * @param patience epochs without improvement before training stops; absent: all epochs
 */
record Settings(
    Optional<List<String>> inputs,
    List<String> exclude,
    int textBuckets,
    int textNgrams,
    int maxCategories,
    LossChoice loss,
    Optional<String> positive,
    Optimizer optimizer,
    int epochs,
    int batchSize,
    Optional<Integer> patience) {

  /** The written losses. */
  enum LossChoice {
    AUTO,
    MSE,
    BINARY_CROSS_ENTROPY,
    CATEGORICAL_CROSS_ENTROPY
  }

  /** The written optimizers. */
  enum Rule {
    SGD,
    MOMENTUM,
    ADAM
  }

  static final Param<List<Integer>> HIDDEN =
      integers(
              "hidden",
              "units",
              new Localized("Units of each hidden layer, from the input on.", "各隐藏层的单元数，自输入起。"))
          .or(List.of(128));

  static final Param<Activation> ACTIVATION =
      Param.choice(
              "activation",
              Activation.class,
              new Localized("The function after each hidden layer.", "每个隐藏层之后的激活函数。"))
          .or(Activation.RELU);

  private static final Param<Rule> OPTIMIZER =
      Param.choice(
              "optimizer", Rule.class, new Localized("The rule by which weights move.", "权重更新的规则。"))
          .or(Rule.ADAM);

  private static final Param<Double> LEARNING_RATE =
      Param.number(
              "learning_rate",
              "-",
              0,
              Double.POSITIVE_INFINITY,
              new Localized(
                  "Step size; by default 0.001 for adam (0.005 in linear models), 0.01 for momentum,"
                      + " 0.1 for sgd.",
                  "步长；默认 adam 为 0.001（线性模型 0.005），momentum 为 0.01，sgd 为 0.1。"))
          .where("a number > 0", rate -> rate > 0)
          .optional();

  private static final Param<Long> EPOCHS =
      Param.integer(
              "epochs",
              "epochs",
              1,
              1_000_000,
              new Localized("Passes over the train split, at most.", "遍历训练集的最多次数。"))
          .or(10L);

  private static final Param<Long> BATCH_SIZE =
      Param.integer(
              "batch_size", "samples", 1, 1 << 20, new Localized("Samples per step.", "每步的样本数。"))
          .or(64L);

  private static final Param<LossChoice> LOSS =
      Param.choice(
              "loss",
              LossChoice.class,
              new Localized(
                  "What is made small; auto takes mse for numbers, else the entropy that fits the"
                      + " number of classes.",
                  "要最小化的损失；auto 对数值取 mse，否则按类别数取交叉熵。"))
          .or(LossChoice.AUTO);

  private static final Param<Double> WEIGHT_DECAY =
      Param.number(
              "weight_decay",
              "-",
              0,
              Double.POSITIVE_INFINITY,
              new Localized(
                  "Share of each weight taken away per unit of step size.", "每单位步长从各权重减去的比例。"))
          .or(0.0);

  private static final Param<Long> EARLY_STOPPING = earlyStopping();

  private static final Param<String> POSITIVE =
      Param.text(
              "positive",
              new Localized(
                  "The positive one of two classes; by default the second in the order of text.",
                  "二分类中的正类；默认为按文本排序的第二类。"))
          .optional();

  private static final Param<List<String>> INPUTS =
      Param.fields(
              "inputs",
              new Localized(
                  "Fields the model reads; by default all but the target, identifiers, subjects and"
                      + " groups.",
                  "模型读取的字段；默认为目标、标识符、主体和分组以外的全部。"))
          .optional();

  private static final Param<List<String>> EXCLUDE =
      Param.fields("exclude", new Localized("Fields the model does not read.", "模型不读取的字段。"))
          .or(List.of());

  private static final Param<Long> TEXT_BUCKETS =
      Param.integer(
              "text_buckets",
              "rows",
              2,
              1 << 24,
              new Localized(
                  "Rows of the table that n-grams of a free text are hashed to.",
                  "自由文本 n-gram 散列到的表的行数。"))
          .where("a power of 2 in [2, 16777216]", buckets -> Long.bitCount(buckets) == 1)
          .or(1L << 15);

  private static final Param<Long> TEXT_NGRAMS =
      Param.integer(
              "text_ngrams",
              "characters",
              1,
              8,
              new Localized(
                  "Longest n-gram of Chinese, Japanese and Korean characters; of words one less.",
                  "中日韩字符的最长 n-gram；单词少一。"))
          .or(3L);

  private static final Param<Long> MAX_CATEGORIES =
      Param.integer(
              "max_categories",
              "values",
              1,
              100_000,
              new Localized(
                  "Most values of a text that is read as categories; with more it is a free text.",
                  "按类别读取的文本的最多取值数；超过则视为自由文本。"))
          .or(64L);

  /** Parameters that all trainers of networks share, in the order of the documentation. */
  static final List<Param<?>> PARAMS =
      List.of(
          OPTIMIZER,
          LEARNING_RATE,
          EPOCHS,
          BATCH_SIZE,
          LOSS,
          WEIGHT_DECAY,
          EARLY_STOPPING,
          POSITIVE,
          INPUTS,
          EXCLUDE,
          TEXT_BUCKETS,
          TEXT_NGRAMS,
          MAX_CATEGORIES);

  /**
   * Makes settings of parameters.
   *
   * @param adamRate step size of adam where none is given
   */
  static Settings of(Params params, double adamRate) {
    return new Settings(
        params.find(INPUTS),
        params.get(EXCLUDE),
        params.get(TEXT_BUCKETS).intValue(),
        params.get(TEXT_NGRAMS).intValue(),
        params.get(MAX_CATEGORIES).intValue(),
        params.get(LOSS),
        params.find(POSITIVE),
        optimizer(
            params.get(OPTIMIZER), params.find(LEARNING_RATE), adamRate, params.get(WEIGHT_DECAY)),
        params.get(EPOCHS).intValue(),
        params.get(BATCH_SIZE).intValue(),
        params.find(EARLY_STOPPING).map(Long::intValue));
  }

  private static Optimizer optimizer(
      Rule rule, Optional<Double> rate, double adamRate, double decay) {
    return switch (rule) {
      case SGD -> new Optimizer.Sgd(rate.orElse(0.1), decay);
      case MOMENTUM -> new Optimizer.Momentum(rate.orElse(0.01), 0.9, decay);
      case ADAM -> {
        Optimizer.Adam paper = Optimizer.Adam.of(rate.orElse(adamRate));
        yield new Optimizer.Adam(
            paper.learningRate(), paper.beta1(), paper.beta2(), paper.epsilon(), decay);
      }
    };
  }

  private static Param<List<Integer>> integers(String name, String unit, Localized help) {
    String rule = "a list of at most 16 whole numbers in [1, 65536]";
    return new Param<>(
        name,
        Param.Kind.LIST,
        unit,
        rule,
        help,
        Param.Necessity.REQUIRED,
        null,
        value -> {
          List<Integer> widths = new ArrayList<>();
          for (Object part : value instanceof List<?> list ? list : List.of(value)) {
            if (!(part instanceof Long width) || width < 1 || width > 65_536) {
              throw new IllegalArgumentException(rule);
            }
            widths.add(width.intValue());
          }
          if (widths.size() > 16) {
            throw new IllegalArgumentException(rule);
          }
          return List.copyOf(widths);
        },
        value -> value.stream().map(Integer::longValue).toList(),
        Map.of(
            "type",
            "array",
            "maxItems",
            16L,
            "items",
            Map.of("type", "integer", "minimum", 1L, "maximum", 65_536L)));
  }

  private static Param<Long> earlyStopping() {
    String rule = "a map with patience, a whole number in [1, 100000]";
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put(
        "properties",
        Map.of("patience", Map.of("type", "integer", "minimum", 1L, "maximum", 100_000L)));
    schema.put("required", List.of("patience"));
    schema.put("additionalProperties", false);
    return new Param<Long>(
            "early_stopping",
            Param.Kind.MAP,
            "epochs",
            rule,
            new Localized(
                "Stops when the validation loss has not fallen for patience epochs and goes back to"
                    + " the best; without a validation split 10 % of train, drawn by id, serve.",
                "验证损失连续 patience 轮未下降时停止并回到最好的一轮；没有验证集时按编号抽取训练集的 10 %。"),
            Param.Necessity.REQUIRED,
            null,
            value -> {
              if (!(value instanceof Map<?, ?> map)
                  || map.size() != 1
                  || !(map.get("patience") instanceof Long patience)
                  || patience < 1
                  || patience > 100_000) {
                throw new IllegalArgumentException(rule);
              }
              return patience;
            },
            value -> Map.of("patience", value),
            schema)
        .optional();
  }
}
