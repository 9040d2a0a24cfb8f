package dev.quern.privacy.recognise.us;

import dev.quern.privacy.recognise.NumberPattern;

/**
 * Driving licences of the United States: the forms of most states, so only beside words that speak
 * for them.
 */
final class DriverLicence {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("us_driver_license", "US_DRIVER_LICENSE")
          .shape("[A-Za-z]\\d{6,8}", 0.2)
          .shape("[A-Za-z]\\d{12,14}", 0.2)
          .shape("[A-Za-z]{2}\\d{5,7}", 0.15)
          .shape("\\d{7,9}", 0.15)
          .near(
              "driver license,drivers license,driver's license,driver licence,driving licence,driver's licence,driving license,license number,driver’s license,dl,license");

  private DriverLicence() {}
}
