package dev.quern.privacy;

import java.util.List;

/** The operators of the stage privacy. */
public final class Privacy {
  /** All of them, in the order of the documentation. */
  public static final List<Class<?>> OPERATORS =
      List.of(
          Detect.class,
          RedactPattern.class,
          Redact.class,
          Mask.class,
          Randomize.class,
          HashKeyed.class,
          Surrogate.class,
          ShiftDates.class,
          StripMetadata.class,
          Encrypt.class,
          Decrypt.class,
          EncryptFormat.class,
          DecryptFormat.class,
          Generalize.class,
          Anonymize.class,
          KAnonymity.class,
          LDiversity.class,
          TCloseness.class,
          ProsecutorRisk.class,
          JournalistRisk.class,
          MarketerRisk.class,
          PopulationUniqueness.class,
          Distinction.class,
          Separation.class,
          LinkageRisk.class,
          DictionaryRisk.class,
          JoinRisk.class);

  private Privacy() {}
}
