package dev.quern.privacy.surrogate;

import dev.quern.privacy.transform.CharacterClasses;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Places, organisations and what people are called by: titles, nationalities. In addresses the
 * words that say what a part is stay (Street, 路, 号); names come from pools, numbers are drawn digit
 * by digit.
 */
final class Places {
  private static final Set<String> KINDS =
      Set.of(
          ("street st avenue ave road rd lane ln drive dr boulevard blvd court ct place pl square sq"
                  + " way terrace parkway highway route unit apt apartment suite floor fl box po p.o."
                  + " north south east west n s e w ne nw se sw building block room no")
              .split(" "));

  private static final Set<String> FORMS =
      Set.of(
          "inc llc ltd limited corp corporation company co group plc gmbh ag sa holdings partners and"
              .split(" "));

  private static final List<String> CHINESE_FORMS =
      List.of(
          "股份有限公司", "有限责任公司", "有限公司", "集团", "公司", "大学", "医院", "银行", "学院", "研究院", "研究所", "中心", "协会",
          "分行", "支行", "中学", "小学", "幼儿园", "诊所", "卫生院", "法院", "检察院", "公安局", "派出所", "委员会", "事务所",
          "基金会", "出版社", "酒店", "宾馆", "学会");

  /** What a part of a Chinese address is, and where its name comes from. */
  private static final String PARTS = "省市区县镇乡村路街道巷弄园苑城里";

  private final KeyedDraws draws;

  Places(KeyedDraws draws) {
    this.draws = draws;
  }

  String city(String value) {
    if (!Letters.hasHan(value)) {
      return words(value, "en_city", KINDS);
    }
    String suffix =
        value.length() > 2 && PARTS.indexOf(value.charAt(value.length() - 1)) >= 0
            ? value.substring(value.length() - 1)
            : "";
    return other("zh_city", value.substring(0, value.length() - suffix.length())) + suffix;
  }

  String organization(String value) {
    if (!Letters.hasHan(value)) {
      return words(value, "en_organization", FORMS);
    }
    for (String form : CHINESE_FORMS) {
      if (value.endsWith(form) && value.length() > form.length()) {
        return other("zh_organization", value.substring(0, value.length() - form.length())) + form;
      }
    }
    return other("zh_organization", value);
  }

  /** Titles before names, else occupations: of the same kind, word by word. */
  String title(String value) {
    return Letters.hasHan(value)
        ? other("zh_title", value)
        : Letters.cased(
            other(
                Pools.has("en_honorific", dotted(value)) ? "en_honorific" : "en_occupation", value),
            value);
  }

  private static String dotted(String value) {
    boolean whole = value.endsWith(".") || Pools.has("en_honorific", value);
    return whole ? value : value + ".";
  }

  /** Nationalities and faiths. */
  String nation(String value) {
    return Letters.hasHan(value)
        ? other("zh_nation", value)
        : Letters.cased(other("en_nation", value), value);
  }

  String address(String value) {
    return Letters.hasHan(value) ? chinese(value) : words(value, "en_street", KINDS);
  }

  /** Names word by word; what is in {@code kept} stays, digits are drawn. */
  private String words(String value, String pool, Set<String> kept) {
    StringBuilder out = new StringBuilder(value.length() + 8);
    int at = 0;
    while (at < value.length()) {
      int end = at;
      while (end < value.length() && isWord(value.charAt(end))) {
        end++;
      }
      if (end == at) {
        out.append(value.charAt(at++));
        continue;
      }
      String word = value.substring(at, end);
      if (hasDigit(word)) {
        out.append(digits(word));
      } else {
        String small = word.toLowerCase(Locale.ROOT);
        boolean stays = kept.contains(withoutPoints(small));
        out.append(stays ? word : Letters.cased(other(pool, word), word));
      }
      at = end;
    }
    return out.toString();
  }

  private static String withoutPoints(String word) {
    return word.indexOf('.') < 0 ? word : word.replace(".", "");
  }

  private static boolean hasDigit(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.isDigit(word.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWord(char sign) {
    return Character.isLetterOrDigit(sign) || sign == '\'' || sign == '.';
  }

  private String chinese(String value) {
    StringBuilder out = new StringBuilder(value.length() + 8);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char sign = value.charAt(i);
      if (Character.isIdeographic(sign) && PARTS.indexOf(sign) < 0 && !isUnit(sign)) {
        name.append(sign);
        continue;
      }
      if (!name.isEmpty()) {
        out.append(other(pool(sign), name.toString()));
        name.setLength(0);
      }
      if (!isCode(sign)) {
        out.append(sign);
        continue;
      }
      int end = i;
      while (end < value.length() && isCode(value.charAt(end))) {
        end++;
      }
      out.append(digits(value.substring(i, end)));
      i = end - 1;
    }
    return name.isEmpty() ? out.toString() : out + other("zh_community", name.toString());
  }

  private static boolean isCode(char sign) {
    return Character.isLetterOrDigit(sign) && !Character.isIdeographic(sign);
  }

  private static boolean isUnit(char sign) {
    return "号栋幢座单元室层楼弄期".indexOf(sign) >= 0;
  }

  private static String pool(char part) {
    return switch (part) {
      case '省', '市' -> "zh_city";
      case '区', '县', '镇', '乡', '村' -> "zh_district";
      case '路', '街', '道', '巷', '弄' -> "zh_road";
      default -> "zh_community";
    };
  }

  private String digits(String word) {
    draws.of("house number", Letters.normal(word));
    StringBuilder out = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char sign = word.charAt(i);
      // No number starts with 0.
      boolean isFirstDigit = i == 0 && sign >= '1' && sign <= '9';
      out.appendCodePoint(
          isFirstDigit ? '1' + draws.below(9) : CharacterClasses.like(sign, draws::below));
    }
    return out.toString();
  }

  private String other(String pool, String value) {
    String normal = Letters.normal(value);
    for (int attempt = 0; ; attempt++) {
      String drawn = draws.of(pool, normal, attempt).one(Pools.of(pool));
      if (!Letters.isNormal(drawn, normal)) {
        return drawn;
      }
    }
  }
}
