package dev.quern.cli;

import dev.quern.format.json.Json;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Registry;
import dev.quern.recipe.ExampleOperators;
import dev.quern.text.Suggestion;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the operators, or tells all about one. */
@Command(name = "operators")
final class OperatorsCommand implements Action {
  @Parameters(paramLabel = "NAME", arity = "0..1", descriptionKey = "operators.name")
  String name = "";

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    Registry registry = session.registry(session.workspace());
    List<OperatorSpec> chosen = new ArrayList<>();
    for (OperatorSpec spec : registry.operators()) {
      if (name.isEmpty() || spec.name().equals(name) || spec.stage().equals(name)) {
        chosen.add(spec);
      }
    }
    if (chosen.isEmpty()) {
      throw new UsageException(
          "NAME must be an operator or a stage; found: "
              + name
              + Suggestion.of(name, registry.names()));
    }
    Locale locale = session.messages().locale();
    if (json) {
      session.json(chosen.stream().map(spec -> plain(spec, locale)).toList());
    } else if (chosen.size() == 1 && chosen.get(0).name().equals(name)) {
      page(chosen.get(0), session);
    } else {
      Table table =
          new Table(session.text("operators.operator"), session.text("operators.summary"));
      chosen.forEach(spec -> table.row(spec.name(), spec.summary().in(locale)));
      table.print(session.out());
      session.talk(session.text("operators.next"));
    }
    return Exit.DONE;
  }

  private static Map<String, @Nullable Object> plain(OperatorSpec spec, Locale locale) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("name", spec.name());
    plain.put("summary", spec.summary().in(locale));
    plain.put("source", spec.source());
    plain.put("revision", spec.revision());
    plain.put("serving", spec.serving().name().toLowerCase(Locale.ROOT));
    List<Object> verdicts = new ArrayList<>();
    for (Judging judging : ExampleOperators.judgings(spec)) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("of", judging.verdicts().name().toLowerCase(Locale.ROOT));
      one.put("says", judging.says().in(locale));
      verdicts.add(one);
    }
    if (!verdicts.isEmpty()) {
      plain.put("verdicts", verdicts);
    }
    List<Object> params = new ArrayList<>();
    for (Param<?> param : spec.params()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("name", param.name());
      one.put("rule", param.rule());
      one.put("unit", param.unit());
      one.put("necessity", param.necessity().name().toLowerCase(Locale.ROOT));
      one.put("default", param.plainFallback().orElse(null));
      one.put("help", param.help().in(locale));
      one.put("schema", Json.parse(Json.canonical(param.schema())));
      params.add(one);
    }
    plain.put("params", params);
    List<Object> examples = new ArrayList<>();
    for (Example example : spec.examples()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("parameters", example.parameters());
      one.put("input", example.input());
      one.put("expected", example.expected());
      examples.add(one);
    }
    plain.put("examples", examples);
    return plain;
  }

  private static void page(OperatorSpec spec, Session session) {
    PrintStream out = session.out();
    Locale locale = session.messages().locale();
    out.println(spec.name());
    out.println(spec.summary().in(locale));
    out.println();
    out.println(session.text("operators.source", spec.source()));
    String serving = spec.serving().name().toLowerCase(Locale.ROOT);
    out.println(session.text("operators.serving", session.text("serving." + serving)));
    out.println(session.text("operators.revision", spec.revision()));
    for (Judging judging : ExampleOperators.judgings(spec)) {
      out.println(session.text("operators.verdicts", judging.shown().in(locale)));
    }
    if (!spec.params().isEmpty()) {
      out.println();
      Table table =
          new Table(
              session.text("operators.param"),
              session.text("operators.rule"),
              session.text("operators.default"),
              session.text("operators.help"));
      for (Param<?> param : spec.params()) {
        String unit = param.unit().equals("-") ? "" : " (" + param.unit() + ")";
        table.row(
            param.name(), param.rule() + unit, fallback(param, session), param.help().in(locale));
      }
      table.print(out);
    }
    for (Example example : spec.examples()) {
      out.println();
      out.println(session.text("operators.example", spec.name(), example.parameters()));
      out.println("  " + example.input());
      out.println("  → " + example.expected());
    }
  }

  private static String fallback(Param<?> param, Session session) {
    return switch (param.necessity()) {
      case REQUIRED -> session.text("operators.required");
      case OPTIONAL -> session.text("operators.optional");
      case DEFAULTED -> param.plainFallback().map(Json::write).orElse("");
    };
  }
}
