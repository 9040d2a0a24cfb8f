package dev.quern.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The commands by name; a command's class is loaded when it is asked for. */
final class Commands {
  private static final Map<String, Supplier<Action>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("init", () -> new InitCommand());
    BY_NAME.put("plan", () -> new PlanCommand());
    BY_NAME.put("run", () -> new RunCommand());
    BY_NAME.put("report", () -> new ReportCommand());
    BY_NAME.put("datasets", () -> new DatasetsCommand());
    BY_NAME.put("show", () -> new ShowCommand());
    BY_NAME.put("diff", () -> new DiffCommand());
    BY_NAME.put("checks", () -> new ChecksCommand());
    BY_NAME.put("attack", () -> new AttackCommand());
    BY_NAME.put("export", () -> new ExportCommand());
    BY_NAME.put("models", () -> new ModelsCommand());
    BY_NAME.put("predict", () -> new PredictCommand());
    BY_NAME.put("serve", () -> new ServeCommand());
    BY_NAME.put("subject", () -> new SubjectCommand());
    BY_NAME.put("audit", () -> new AuditCommand());
    BY_NAME.put("scan", () -> new ScanCommand());
    BY_NAME.put("operators", () -> new OperatorsCommand());
    BY_NAME.put("schema", () -> new SchemaCommand());
    BY_NAME.put("engine", () -> new EngineCommand());
    BY_NAME.put("keys", () -> new KeysCommand());
    BY_NAME.put("gc", () -> new GcCommand());
    BY_NAME.put("doctor", () -> new DoctorCommand());
    BY_NAME.put("completion", () -> new CompletionCommand());
  }

  private Commands() {}

  /** Returns all commands, in the order of help. */
  static Map<String, Supplier<Action>> all() {
    return BY_NAME;
  }
}
