package dev.quern.operator;

/** What a {@link Learner} learns from and with. */
public interface Lesson {

  /** Returns the operators. */
  Registry registry();

  /** Returns the step in its run. */
  StepRun step();

  /** Returns the samples as a trainer sees them, with {@code target} as the field to predict. */
  Training training(String target);

  /** Returns how trained models become files. */
  ModelFiles models();
}
