package dev.quern.privacy.anonymity;

/**
 * A class holds at least {@code k} samples (Samarati and Sweeney 1998).
 *
 * @param k samples, at least 1
 */
public record KAnonymity(long k) implements PrivacyModel {
  @Override
  public void judge(Classes classes, boolean[] kept) {
    for (int i = 0; i < kept.length; i++) {
      kept[i] &= classes.size(i) >= k;
    }
  }

  @Override
  public boolean isMonotone() {
    return true;
  }
}
