package dev.quern.quality.address;

import java.util.List;

/**
 * A postal address in parts; a part that is not there is empty.
 *
 * @param region province or state
 * @param city city or prefecture
 * @param district district or county, with town or sub-district behind a space
 * @param street street
 * @param number house number
 * @param unit building, floor, room, apartment and what else follows
 * @param postalCode postal code
 * @param written the canonical text
 */
public record Address(
    String region,
    String city,
    String district,
    String street,
    String number,
    String unit,
    String postalCode,
    String written) {
  /** Names of the parts, in the order of {@link #parts}. */
  public static final List<String> NAMES =
      List.of("region", "city", "district", "street", "number", "unit", "postal_code");

  /** Returns the parts. */
  public List<String> parts() {
    return List.of(region, city, district, street, number, unit, postalCode);
  }
}
