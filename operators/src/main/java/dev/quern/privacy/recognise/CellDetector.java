package dev.quern.privacy.recognise;

import dev.quern.data.Column;
import dev.quern.data.Slice;
import java.util.List;

/**
 * Finds personal data in the values of fields, see {@link CellText}. Of a number or a date only
 * what covers it as a whole is a finding. One instance serves one thread.
 */
public final class CellDetector {
  private static final Extent NOTHING = new Extent(0, 0);

  private final Detector detector;
  private final CellText cells = new CellText();
  private boolean isLooked;

  /** Makes one that finds what {@code detector} finds. */
  public CellDetector(Detector detector) {
    this.detector = detector;
  }

  /**
   * Returns the findings in a value that is not missing, by place.
   *
   * @param name what the value is called: its words count as context
   */
  public List<Finding> find(Column column, int row, String name) {
    Slice text = cells.of(column, row);
    isLooked = text != null;
    if (text == null) {
      return List.of();
    }
    Passage passage = detector.passage().of(text).in(name);
    if (CellText.isText(column.type())) {
      return detector.find(passage);
    }
    List<Finding> found = detector.findInNumber(passage);
    return found.isEmpty() ? found : extent().covering(found);
  }

  /** Returns the length of the value looked at last as text, in code points. */
  public int length() {
    return isLooked ? detector.passage().points() : 0;
  }

  /** Returns where the value looked at last stands without white space around it. */
  public Extent extent() {
    return isLooked ? Extent.of(detector.passage()) : NOTHING;
  }
}
