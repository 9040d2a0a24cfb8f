package dev.quern.data;

import java.util.Locale;
import java.util.Optional;

/** What a field means to the steps that follow; carried through the whole recipe. */
public enum Role {
  /** What a model learns to predict. */
  LABEL,
  /** Names one sample or person by itself (an account number). */
  IDENTIFIER,
  /** Names a person together with other fields (age, postcode). */
  QUASI_IDENTIFIER,
  /** Must not be linked to a person (a diagnosis). */
  SENSITIVE,
  /** Whose data the sample is. */
  SUBJECT,
  /** When what the sample tells happened. */
  EVENT_TIME,
  /** Samples of one group never lie in two splits. */
  GROUP,
  /** Bytes of an image. */
  IMAGE,
  /** Bytes of a recording. */
  AUDIO,
  /** Predictions by models that have not seen the sample they speak of; no input of a model. */
  OUT_OF_SAMPLE,
  /** Speaks of the sample's label, not of the sample: a vote, a review; no input of a model. */
  ANNOTATION;

  /** Returns the written form used in recipes and manifests, for example {@code event_time}. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the role whose written form is {@code written}. */
  public static Optional<Role> of(String written) {
    for (Role role : values()) {
      if (role.written().equals(written)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
