package dev.quern.label;

/** Confident learning of arrays, all passes in one place, for tests. */
record Learning(
    double[] thresholds, ConfidentJoint joint, long[] labels, long issues, boolean[] flags) {

  static Learning of(double[][] given, int[] labels, LabelIssues by, Collisions collisions) {
    int classes = given[0].length;
    double[][] p = new double[given.length][];
    Thresholds first = new Thresholds(classes);
    for (int i = 0; i < p.length; i++) {
      p[i] = given[i].clone();
      if (!Probabilities.normalise(p[i])) {
        throw new IllegalArgumentException("row " + i + " must hold probabilities");
      }
      first.add(p[i], labels[i]);
    }
    double[] thresholds = first.values();
    ConfidentCounts second = new ConfidentCounts(classes);
    for (int i = 0; i < p.length; i++) {
      second.add(p[i], labels[i], thresholds, collisions);
    }
    ConfidentJoint joint = second.joint(first.counts());
    PruneRanks third = new PruneRanks(by, joint.prunes(1), first.counts());
    for (int i = 0; i < p.length; i++) {
      third.add(p[i], labels[i], 0, i);
    }
    Lowest.Ranked[][] ends = third.ends();
    boolean[] flags = new boolean[p.length];
    for (int i = 0; i < p.length; i++) {
      flags[i] = by.isIssue(p[i], labels[i], thresholds, collisions, ends, 0, i);
    }
    return new Learning(thresholds, joint, first.counts(), second.issues(), flags);
  }

  int flagged() {
    int flagged = 0;
    for (boolean flag : flags) {
      flagged += flag ? 1 : 0;
    }
    return flagged;
  }
}
