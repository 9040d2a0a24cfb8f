package dev.quern.quality;

/**
 * Where the label and the probabilities of a sample stand.
 *
 * @param label position of the label
 * @param classes the classes, none while they are not known
 * @param probabilities of the classes
 */
record LabelFields(int label, ClassNames classes, ProbabilityFields probabilities) {}
