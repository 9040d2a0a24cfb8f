package dev.quern.privacy;

import dev.quern.operator.OperatorSpec;
import java.util.List;

/** The operators of the stage privacy. */
public final class Privacy {
  /** All of them, in the order of the documentation. */
  public static final List<OperatorSpec> OPERATORS =
      List.of(
          Detect.SPEC,
          RedactPattern.SPEC,
          Redact.SPEC,
          Mask.SPEC,
          Randomize.SPEC,
          HashKeyed.SPEC,
          Surrogate.SPEC,
          ShiftDates.SPEC,
          StripMetadata.SPEC,
          Encrypt.SPEC,
          Decrypt.SPEC,
          EncryptFormat.SPEC,
          DecryptFormat.SPEC,
          Generalize.SPEC,
          Anonymize.SPEC,
          KAnonymity.SPEC,
          LDiversity.SPEC,
          TCloseness.SPEC,
          ProsecutorRisk.SPEC,
          JournalistRisk.SPEC,
          MarketerRisk.SPEC,
          PopulationUniqueness.SPEC,
          Distinction.SPEC,
          Separation.SPEC,
          LinkageRisk.SPEC,
          DictionaryRisk.SPEC,
          JoinRisk.SPEC);

  private Privacy() {}
}
