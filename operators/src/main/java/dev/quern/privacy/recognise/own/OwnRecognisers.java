package dev.quern.privacy.recognise.own;

import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import dev.quern.privacy.recognise.Recogniser;
import dev.quern.privacy.recognise.Recognisers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What users add to the recognisers that ship: recognisers of their own, texts that are never
 * findings and texts that always are. Written in YAML files, whose content is part of the step:
 *
 * <pre>{@code
 * recognisers:
 *   - name: employee_number
 *     type: EMPLOYEE_NUMBER
 *     patterns:
 *       - '(?<!Part )E-\d{6}'
 *       - { pattern: '\d{6}', score: 0.2 }
 *     check: luhn
 *     context: [employee, staff, 工号]
 *     against: [invoice]
 *     fields: [emp_no]
 * allow: [support@example.org]
 * deny: [Nightingale, { text: Ann Lee, type: PERSON }]
 * }</pre>
 *
 * @param recognisers those of users and of texts that are denied
 * @param allowed texts that are never findings
 * @param plain the same as plain values
 */
public record OwnRecognisers(List<Recogniser> recognisers, List<String> allowed, Object plain) {
  /** The type of denied texts that name none. */
  public static final String DENIED = "DENIED";

  /** Files of recognisers. */
  public static final Param<OwnRecognisers> PARAM =
      param(
          new Localized(
              "YAML files with recognisers of your own, and texts that are never (allow) or always"
                  + " (deny) findings; relative to the recipe.",
              "自定义识别器的 YAML 文件，可含永不计为发现的文本（allow）与总是计为发现的文本（deny）；路径相对于配方。"));

  /** Returns the parameter of files of recognisers with a help of its own. */
  public static Param<OwnRecognisers> param(Localized help) {
    return new Param<>(
            "recognisers",
            Param.Kind.YAML_FILES,
            "-",
            "a list of YAML files with recognisers, allow or deny",
            help,
            Param.Necessity.REQUIRED,
            null,
            OwnRecognisers::read,
            OwnRecognisers::plain,
            Map.of(
                "oneOf",
                List.of(
                    Map.of("type", "string"),
                    Map.of("type", "array", "items", Map.of("type", List.of("string", "object"))))))
        .optional();
  }

  /** Copies the lists. */
  public OwnRecognisers {
    recognisers = List.copyOf(recognisers);
    allowed = List.copyOf(allowed);
  }

  /**
   * Reads the contents of files, as a list of maps.
   *
   * @throws dev.quern.operator.Misfits if something in them breaks a rule, with all there is
   * @throws IllegalArgumentException if it is no such list
   */
  public static OwnRecognisers read(Object contents) {
    List<?> files = contents instanceof List<?> list ? list : List.of(contents);
    List<Object> plain = new ArrayList<>();
    OwnReader reader = new OwnReader();
    for (Object file : files) {
      reader.file(plain.size(), file);
      plain.add(file == null ? Map.of() : file);
    }
    return new OwnRecognisers(reader.recognisers(), reader.allowed(), List.copyOf(plain));
  }

  /** Returns {@code shipped} and the types of these, sorted. */
  public List<String> types(List<String> shipped) {
    Set<String> all = new TreeSet<>(shipped);
    recognisers.forEach(one -> all.addAll(one.types()));
    return List.copyOf(all);
  }

  /**
   * Returns {@code standard} with these.
   *
   * @throws IllegalArgumentException if a name is taken
   */
  public Recognisers with(Recognisers standard) {
    return standard.with(recognisers).without(allowed);
  }
}
