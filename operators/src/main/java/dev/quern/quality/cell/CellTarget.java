package dev.quern.quality.cell;

import dev.quern.data.Field;
import java.util.List;

/**
 * A text field and how it is read.
 *
 * @param position of the field in the input
 * @param reading reads its texts
 * @param parts the field as it comes out, then the fields made beside it
 * @param expected what texts must be, as it stands in faults, for example {@code a date}
 */
public record CellTarget(int position, CellReading reading, List<Field> parts, String expected) {}
