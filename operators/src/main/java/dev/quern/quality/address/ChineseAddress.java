package dev.quern.quality.address;

import dev.quern.quality.cell.Characters;
import java.util.Optional;

/**
 * Reads addresses of China from the large to the small: 省 or 自治区, 市, 区 or 县, 镇 or 街道, 路 or 街, 号,
 * the rest. Provinces may leave out their suffix (广东 for 广东省); the postal code stands first, last
 * or behind 邮编.
 */
public final class ChineseAddress {
  private static final String[] PROVINCES = {
    "北京市",
    "天津市",
    "上海市",
    "重庆市",
    "河北省",
    "山西省",
    "辽宁省",
    "吉林省",
    "黑龙江省",
    "江苏省",
    "浙江省",
    "安徽省",
    "福建省",
    "江西省",
    "山东省",
    "河南省",
    "湖北省",
    "湖南省",
    "广东省",
    "海南省",
    "四川省",
    "贵州省",
    "云南省",
    "陕西省",
    "甘肃省",
    "青海省",
    "台湾省",
    "内蒙古自治区",
    "广西壮族自治区",
    "西藏自治区",
    "宁夏回族自治区",
    "新疆维吾尔自治区",
    "香港特别行政区",
    "澳门特别行政区"
  };
  private static final String[] SHORT = {
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙古",
    "广西", "西藏", "宁夏", "新疆", "香港", "澳门"
  };
  private static final int MUNICIPALITIES = 4;
  private static final String STREET_ENDS = "路街道巷弄胡同里";

  private String text = "";
  private int at;
  private String postalCode = "";

  /** Returns the parts of {@code characters}, empty if no part larger than a street is named. */
  public Optional<Address> read(Characters characters) {
    text = compact(characters);
    postalCode = "";
    at = 0;
    takePostalCode();
    take("中华人民共和国");
    take("中国");
    String region = "";
    String city = "";
    int province = province();
    if (province >= 0) {
      region = PROVINCES[province];
      if (province < MUNICIPALITIES) {
        city = region;
        take(region);
        take("市辖区");
      }
    }
    if (city.isEmpty()) {
      city = until(9, "自治州", "地区", "市", "盟");
    }
    String district = until(10, "区", "县", "旗", "市");
    String town = until(8, "街道", "镇", "乡");
    if (region.isEmpty() && city.isEmpty() && district.isEmpty()) {
      return Optional.empty();
    }
    int digits = at;
    while (digits < text.length() && !Characters.isDigit(text.charAt(digits))) {
      digits++;
    }
    int streetEnd = streetEnd(digits);
    String street = text.substring(at, streetEnd);
    at = streetEnd;
    String number = number();
    String unit = text.substring(at);
    String written =
        region + (city.equals(region) ? "" : city) + district + town + street + number + unit;
    String below = town.isEmpty() ? district : (district + " " + town).strip();
    return Optional.of(new Address(region, city, below, street, number, unit, postalCode, written));
  }

  private static String compact(Characters characters) {
    StringBuilder compact = new StringBuilder();
    for (int i = 0; i < characters.size(); i++) {
      int point = characters.at(i);
      boolean between =
          Characters.isDigit(characters.at(i - 1)) && Characters.isDigit(characters.at(i + 1))
              || isLatinOrDigit(characters.at(i - 1)) && isLatinOrDigit(characters.at(i + 1));
      if (point == ' ' && between) {
        compact.append(' ');
      } else if (point != ' ' && point != ',' && point != '，' && point != '、') {
        compact.appendCodePoint(point);
      }
    }
    return compact.toString();
  }

  private static boolean isLatinOrDigit(int point) {
    return Characters.isDigit(point) || Characters.isLatin(point);
  }

  private void takePostalCode() {
    int named = text.indexOf("邮编");
    if (named >= 0) {
      int from = named + 2;
      from += from < text.length() && ":：".indexOf(text.charAt(from)) >= 0 ? 1 : 0;
      if (isCode(from)) {
        postalCode = text.substring(from, from + 6);
        int before = named > 0 && "(（".indexOf(text.charAt(named - 1)) >= 0 ? named - 1 : named;
        int after = from + 6;
        after += before < named && after < text.length() ? 1 : 0;
        text = text.substring(0, before) + text.substring(after);
      }
    } else if (isCode(0)) {
      postalCode = text.substring(0, 6);
      text = text.substring(6).strip();
    } else if (isCode(text.length() - 6)) {
      postalCode = text.substring(text.length() - 6);
      text = text.substring(0, text.length() - 6).strip();
    }
  }

  /** Whether six digits stand at {@code from}, no more. */
  private boolean isCode(int from) {
    if (from < 0 || from + 6 > text.length()) {
      return false;
    }
    for (int i = from; i < from + 6; i++) {
      if (!Characters.isDigit(text.charAt(i))) {
        return false;
      }
    }
    boolean before = from > 0 && isLatinOrDigit(text.charAt(from - 1));
    boolean after = from + 6 < text.length() && isLatinOrDigit(text.charAt(from + 6));
    return !before && !after;
  }

  private int province() {
    for (int i = 0; i < PROVINCES.length; i++) {
      if (take(PROVINCES[i])) {
        return i;
      }
    }
    for (int i = 0; i < SHORT.length; i++) {
      // 吉林市 and 海南州 are no provinces: a short name is followed by another name.
      boolean prefecture =
          text.startsWith(SHORT[i] + "市", at) || text.startsWith(SHORT[i] + "州", at);
      if (!prefecture && take(SHORT[i])) {
        return i;
      }
    }
    return -1;
  }

  private boolean take(String word) {
    boolean there = text.startsWith(word, at);
    at += there ? word.length() : 0;
    return there;
  }

  /** Takes the name that ends in the first of {@code ends}, of at least two characters. */
  private String until(int most, String... ends) {
    for (int end = at + 1; end < Math.min(text.length(), at + most); end++) {
      int point = text.charAt(end);
      if (isLatinOrDigit(point) || point == '号' || point == '路') {
        return "";
      }
      for (String suffix : ends) {
        if (text.startsWith(suffix, end)) {
          String name = text.substring(at, end + suffix.length());
          at = end + suffix.length();
          return name;
        }
      }
    }
    return "";
  }

  private int streetEnd(int digits) {
    if (digits < text.length() && digits > at) {
      return digits;
    }
    for (int i = text.length() - 1; i > at; i--) {
      if (STREET_ENDS.indexOf(text.charAt(i)) >= 0) {
        return i + 1;
      }
    }
    return at;
  }

  private String number() {
    int end = at;
    while (end < text.length()
        && (isLatinOrDigit(text.charAt(end)) || "-之".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    boolean numbered = end > at && end < text.length() && "号號弄".indexOf(text.charAt(end)) >= 0;
    if (!numbered || text.startsWith("号楼", end)) {
      return "";
    }
    String number = text.substring(at, end) + (text.charAt(end) == '號' ? '号' : text.charAt(end));
    at = end + 1;
    return number;
  }
}
