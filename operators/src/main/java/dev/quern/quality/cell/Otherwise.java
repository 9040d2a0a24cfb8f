package dev.quern.quality.cell;

import dev.quern.operator.Localized;
import dev.quern.operator.Param;

/** What happens to a text that cannot be read. */
public enum Otherwise {
  /** It stays as it is, where the field stays text. */
  KEEP,
  /** It becomes missing; the change is traced. */
  MISSING,
  /** Its sample goes to quarantine. */
  QUARANTINE;

  /** The parameter {@code otherwise}, without a default. */
  public static final Param<Otherwise> PARAM =
      Param.choice(
          "otherwise",
          Otherwise.class,
          new Localized(
              "What happens to a text that cannot be read: it stays as it is (fields that stay"
                  + " text), becomes missing, or its sample goes to quarantine.",
              "无法读取的文本如何处理：保持原样（字段仍为文本时）、变为缺失，或隔离该样本。"));
}
