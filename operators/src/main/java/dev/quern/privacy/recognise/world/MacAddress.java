package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.NumberPattern;

/** Hardware addresses of network cards: IEEE 802, six or eight octets. */
final class MacAddress {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("mac_address", "MAC_ADDRESS")
          .shape("[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}", 0.8)
          .shape("[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}", 0.6)
          .shape("[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}", 0.6)
          .near("mac,hardware,wifi,物理地址");

  private MacAddress() {}
}
