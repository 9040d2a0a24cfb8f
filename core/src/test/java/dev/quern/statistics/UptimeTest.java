package dev.quern.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UptimeTest {

  private static Uptime uptime(String looks) {
    Uptime.Looks all = new Uptime.Looks();
    for (String look : looks.split(" ")) {
      String[] parts = look.split(":");
      all.add(Long.parseLong(parts[0]), parts[1].equals("up"));
    }
    return all.uptime();
  }

  @Test
  void whatWasFoundLastsUntilTheNextLook() {
    Uptime found = uptime("0:up 60:up 100:down 130:down 180:up 240:up");
    assertThat(found.upSeconds()).isEqualTo(60 + 40 + 60);
    assertThat(found.downSeconds()).isEqualTo(30 + 50);
    assertThat(found.outages()).isEqualTo(1);
    assertThat(found.repairs()).isEqualTo(1);
    assertThat(found.repairSeconds()).isEqualTo(80);
    // Between 60 and 100 and between 130 and 180 it may have been either.
    assertThat(found.unknownSeconds()).isEqualTo(90);
    assertThat(found.share()).contains(new Interval(120.0 / 240, 210.0 / 240));
  }

  @Test
  void anOutageThatIsNotOverIsNoRepair() {
    Uptime found = uptime("0:down 10:up 20:down 50:down");
    assertThat(found.outages()).isEqualTo(2);
    assertThat(found.repairs()).isEqualTo(1);
    assertThat(found.repairSeconds()).isEqualTo(10);
    assertThat(found.downSeconds()).isEqualTo(40);
  }

  @Test
  void theOrderOfLooksDoesNotMatterAndTheWorseOfASecondCounts() {
    assertThat(uptime("50:down 0:up 20:up 20:down")).isEqualTo(uptime("0:up 20:down 50:down"));
  }

  @Test
  void oneLookTellsNoTime() {
    assertThat(uptime("5:up").share()).isEmpty();
    assertThat(uptime("5:down").outages()).isEqualTo(1);
  }
}
