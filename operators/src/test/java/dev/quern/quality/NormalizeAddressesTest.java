package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.trial.Tried;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizeAddressesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "北京市海淀区中关村大街27号院1号楼1103室|北京市|北京市|海淀区|中关村大街|27号|院1号楼1103室|-",
        "北京 海淀区 中关村大街27号|北京市|北京市|海淀区|中关村大街|27号|-|-",
        "上海市上海市浦东新区张江路１００号（邮编：201203）|上海市|上海市|浦东新区|张江路|100号|-|201203",
        "518057 广东省深圳市南山区粤海街道科技园路8号|广东省|深圳市|南山区 粤海街道|科技园路|8号|-|518057",
        "江苏省苏州市昆山市玉山镇人民路12-3号2楼|江苏省|苏州市|昆山市 玉山镇|人民路|12-3号|2楼|-",
        "吉林省吉林市船营区解放路|吉林省|吉林市|船营区|解放路|-|-|-",
        "内蒙古呼和浩特市新城区新华大街5号|内蒙古自治区|呼和浩特市|新城区|新华大街|5号|-|-",
        "杭州市西湖区文三路90号东部软件园1号楼|-|杭州市|西湖区|文三路|90号|东部软件园1号楼|-"
      })
  void partsChineseAddresses(
      String written,
      @Nullable String region,
      @Nullable String city,
      @Nullable String district,
      @Nullable String street,
      @Nullable String number,
      @Nullable String unit,
      @Nullable String code) {
    assertParts(written, region, city, district, street, number, unit, code);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "123 Main Street, Springfield, IL 62704|IL|Springfield|-|Main St|123|-|62704",
        "123 Main St. Apt 4B, Springfield, Illinois 62704-1234|IL|Springfield|-|Main St|123|Apt 4B|62704-1234",
        "500 W. Elm Avenue Suite 200 New Haven CT 06510|CT|New Haven|-|W Elm Ave|500|Ste 200|06510",
        "77 MASSACHUSETTS AVENUE, CAMBRIDGE, MA 02139, USA|MA|Cambridge|-|Massachusetts Ave|77|-|02139",
        "1 Infinite Loop, Cupertino, California|CA|Cupertino|-|Infinite Loop|1|-|-",
        "9 Park Blvd NE, #12, New York, New York 10001|NY|New York|-|Park Blvd NE|9|#12|10001"
      })
  void partsAmericanAddresses(
      String written,
      @Nullable String region,
      @Nullable String city,
      @Nullable String district,
      @Nullable String street,
      @Nullable String number,
      @Nullable String unit,
      @Nullable String code) {
    assertParts(written, region, city, district, street, number, unit, code);
  }

  @Test
  void oneAddressHasOneText() {
    Tried tried =
        Tried.map(
            operator(),
            Tried.column(
                "a",
                Type.TEXT,
                "123 north main street, springfield, il 62704",
                "123 N. Main St, Springfield, IL 62704",
                "123 N Main St, Springfield, IL 62704",
                "home"));
    assertThat(tried.values())
        .containsExactly(
            "123 N Main St, Springfield, IL 62704",
            "123 N Main St, Springfield, IL 62704",
            "123 N Main St, Springfield, IL 62704",
            "home");
    assertThat(tried.changed).containsExactly("0 a address_form 1.0", "1 a address_form 1.0");
  }

  private static void assertParts(String written, @Nullable String... expected) {
    Tried tried =
        Tried.map(
            operator("parts", "fields", "otherwise", "quarantine"),
            Tried.column("a", Type.TEXT, written));
    assertThat(tried.quarantined).isEmpty();
    List<@Nullable Object> parts = new ArrayList<>(tried.rows.get(0));
    parts.remove(0);
    assertThat(parts).containsExactly((Object[]) expected);
    assertThat(tried.schema.names()).endsWith("a_unit", "a_postal_code");
  }

  private static Mapper operator(Object... params) {
    Object[] all = new Object[params.length + 2];
    all[0] = "fields";
    all[1] = List.of("a");
    System.arraycopy(params, 0, all, 2, params.length);
    return Tried.operator(Mapper.class, NormalizeAddresses.SPEC, all);
  }
}
