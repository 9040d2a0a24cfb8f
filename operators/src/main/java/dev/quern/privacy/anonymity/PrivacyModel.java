package dev.quern.privacy.anonymity;

/** What a class must fulfil so that its samples may be published. */
public sealed interface PrivacyModel permits KAnonymity, LDiversity, TCloseness {

  /** Clears {@code kept} of the classes that do not fulfil the model. */
  void judge(Classes classes, boolean[] kept);

  /**
   * Returns whether coarser levels never make more samples break the model. All models here are
   * monotone where no sample breaks them.
   */
  boolean isMonotone();
}
