package dev.quern.testkit;

import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Registry;
import dev.quern.recipe.ExampleOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The reference of all operators as Markdown, made from their descriptions. */
public final class OperatorPages {
  private final Registry registry;
  private final Locale locale;
  private final StringBuilder out = new StringBuilder();

  private OperatorPages(Registry registry, Locale locale) {
    this.registry = registry;
    this.locale = locale;
  }

  /** Returns the page of {@code registry} in the language of {@code locale}. */
  public static String of(Registry registry, Locale locale) {
    return new OperatorPages(registry, locale).page();
  }

  private String page() {
    line("# " + say("Operators", "算子"));
    line("");
    line(
        say(
            "Made from the operators themselves; `./quern operators NAME` shows the same.",
            "由算子自身生成；`./quern operators NAME` 显示同样内容。"));
    String stage = "";
    for (OperatorSpec spec : registry.operators()) {
      if (!spec.stage().equals(stage)) {
        stage = spec.stage();
        line("");
        line("## " + stage);
      }
      describe(spec);
    }
    return out.toString();
  }

  private void describe(OperatorSpec spec) {
    line("");
    line("### " + spec.name());
    line("");
    line(spec.summary().in(locale));
    line("");
    line(
        say("At serving", "服务时")
            + ": "
            + spec.serving().name().toLowerCase(Locale.ROOT)
            + " · "
            + say("source", "来源")
            + ": "
            + spec.source()
            + " · "
            + say("revision", "修订")
            + ": "
            + spec.revision());
    List<Judging> judgings = ExampleOperators.judgings(spec);
    if (!judgings.isEmpty()) {
      line("");
      List<String> sentences = new ArrayList<>();
      judgings.forEach(judging -> sentences.add(judging.shown().in(locale)));
      line(say("Verdicts: ", "逐样本判定：") + String.join(say("; ", "；"), sentences));
    }
    if (!spec.params().isEmpty()) {
      line("");
      line(
          say("| parameter | must be | unit | default | meaning |", "| 参数 | 必须是 | 单位 | 默认 | 含义 |"));
      line("|---|---|---|---|---|");
      spec.params().forEach(this::describe);
    }
    for (Example example : spec.examples()) {
      line("");
      line("```");
      line(spec.name() + ": " + example.parameters());
      line(shown(example.input()));
      line("→ " + shown(example.expected()));
      line("```");
    }
  }

  private void describe(Param<?> param) {
    String fallback =
        switch (param.necessity()) {
          case REQUIRED -> say("required", "必填");
          case OPTIONAL -> say("none", "无");
          case DEFAULTED ->
              "`" + dev.quern.format.json.Json.write(param.plainFallback().orElse("")) + "`";
        };
    line(
        "| "
            + param.name()
            + " | "
            + cell(param.rule())
            + " | "
            + param.unit()
            + " | "
            + cell(fallback)
            + " | "
            + cell(param.help().in(locale))
            + " |");
  }

  /** Line ends are part of some examples and must survive the line ends of a checkout. */
  private static String shown(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private String say(String english, String chinese) {
    return new Localized(english, chinese).in(locale);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
