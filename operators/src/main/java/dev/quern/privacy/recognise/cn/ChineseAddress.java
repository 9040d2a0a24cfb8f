package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;

/**
 * Addresses in Chinese by their grammar: levels from the province down to the room, each a name
 * that ends with its word (省 市 区 县 镇 街道 路 巷 小区 号 栋 单元 层 室), in this order; at least one road or
 * estate and one number or two levels of administration before it.
 */
final class ChineseAddress implements Recogniser {
  private static final int LONGEST_NAME = 10;

  /** Words that end a name of administration, the larger first. */
  private static final String[] AREAS = {
    "特别行政区", "自治区", "自治州", "自治县", "省", "市", "地区", "盟", "区", "县", "旗", "街道", "镇", "乡"
  };

  /** Words that end the name of a road, village or estate. */
  private static final String[] ROADS = {
    "大道", "大街", "公路", "胡同", "小区", "社区", "花园", "公寓", "大厦", "广场", "新村", "家园", "工业园", "科技园", "开发区",
    "路", "街", "巷", "弄", "道", "村", "里", "苑", "园", "屯"
  };

  /** Words behind a number. */
  private static final String[] UNITS = {
    "号院", "号楼", "单元", "号", "弄", "栋", "幢", "座", "楼", "层", "室", "房", "户", "组", "队", "期", "村"
  };

  private static final String PROVINCES =
      "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南"
          + " 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门";

  private static final String[] BEGINNINGS = PROVINCES.split(" ", -1);

  /** What ends a phrase before an address. */
  private static final String[] INTRODUCTIONS = {
    "地址是", "地址", "住址", "送到", "送至", "寄到", "寄往", "我住在", "我住", "家住", "住在", "位于", "坐落于", "户籍", "现住",
    "住所", "在", "到"
  };

  @Override
  public String name() {
    return "cn_address";
  }

  @Override
  public String type() {
    return "CN_ADDRESS";
  }

  @Override
  public boolean readsNumbers() {
    return false;
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    int at = 0;
    int length = passage.length();
    while (at < length) {
      if (Passage.isHan(passage.chars()[at]) && mayBegin(passage, at)) {
        int end = end(passage, at);
        if (end > 0) {
          candidates.add(this, at, end, 0.85, Check.POSSIBLE);
          at = end;
          continue;
        }
      }
      at++;
    }
  }

  /** An address begins with a province, behind an introduction or where a phrase begins. */
  private static boolean mayBegin(Passage passage, int at) {
    if (!Passage.isHan(passage.at(at - 1))) {
      return true;
    }
    for (String province : BEGINNINGS) {
      if (has(passage, at, province)) {
        return true;
      }
    }
    for (String word : INTRODUCTIONS) {
      if (at >= word.length() && has(passage, at - word.length(), word)) {
        return true;
      }
    }
    return false;
  }

  private static int end(Passage passage, int start) {
    int at = start;
    int areas = 0;
    int next = level(passage, at, AREAS);
    if (next < 0) {
      next = municipality(passage, at);
    }
    while (next > 0 && areas < 6) {
      at = next;
      areas++;
      next = level(passage, at, AREAS);
    }
    int roads = 0;
    next = level(passage, at, ROADS);
    while (next > 0 && roads < 4) {
      at = next;
      roads++;
      next = level(passage, at, ROADS);
    }
    int numbers = 0;
    next = number(passage, at);
    while (next > 0 && numbers < 6) {
      at = next;
      numbers++;
      int road = numbers < 3 ? estate(passage, at) : -1;
      if (road > 0) {
        at = road;
        roads++;
      }
      next = number(passage, at);
    }
    boolean enough = roads > 0 && (numbers > 0 || areas >= 2) || areas >= 2 && numbers > 0;
    return enough ? at : -1;
  }

  /** Names of cities and provinces stand without their word too: 北京朝阳区, 浙江杭州. */
  private static int municipality(Passage passage, int at) {
    for (String province : BEGINNINGS) {
      if (has(passage, at, province)) {
        return at + province.length();
      }
    }
    return -1;
  }

  /** Returns where the shortest name that ends with one of {@code words} ends, -1 if none. */
  private static int level(Passage passage, int at, String[] words) {
    for (int to = at + 1; to <= at + LONGEST_NAME; to++) {
      if (!isName(passage.at(to - 1))) {
        return -1;
      }
      if (to > at + 1 || words == ROADS) {
        for (String word : words) {
          if (has(passage, to, word) && !isRunOn(passage, to, word)) {
            int end = to + word.length();
            return words == ROADS ? joined(passage, end) : end;
          }
        }
      }
    }
    return -1;
  }

  /** 科技园路: the road is named after the park. */
  private static int joined(Passage passage, int end) {
    for (String word : ROADS) {
      if (has(passage, end, word) && !isRunOn(passage, end, word)) {
        return end + word.length();
      }
    }
    return end;
  }

  /** 市区, 路口, 街道办 and the like are no ends of names. */
  private static boolean isRunOn(Passage passage, int at, String word) {
    char after = passage.at(at + word.length());
    return switch (word) {
      case "市" -> after == '场' || after == '中' && passage.at(at + 2) == '心';
      case "路" -> after == '口' || after == '上' || after == '过' || after == '程';
      case "街" -> after == '道' || after == '上';
      case "道" -> after == '理' || after == '歉' || after == '具';
      case "里" -> after == '面' || after == '边';
      default -> false;
    };
  }

  private static int estate(Passage passage, int at) {
    return Passage.isHan(passage.at(at)) && !isUnitNext(passage, at)
        ? level(passage, at, ROADS)
        : -1;
  }

  private static boolean isUnitNext(Passage passage, int at) {
    return number(passage, at) > 0;
  }

  /** Returns where a number with its word ends: 12号, 3-2栋, A座, 二单元, 801; -1 if none. */
  private static int number(Passage passage, int from) {
    int at = from;
    while (passage.at(at) == ' ' || passage.at(at) == '-' || passage.at(at) == '第') {
      at++;
    }
    int digits = at;
    while (isNumeral(passage.at(at)) && at - digits < 8) {
      at++;
    }
    if (at == digits) {
      return -1;
    }
    for (String unit : UNITS) {
      if (has(passage, at, unit)) {
        int behind = at + unit.length();
        boolean part = passage.at(behind) == '之' && isNumeral(passage.at(behind + 1));
        return part ? behind + 2 : behind;
      }
    }
    boolean room = digits > from || from > 0 && "栋幢座楼元号层".indexOf(passage.at(from - 1)) >= 0;
    boolean plain = passage.at(at - 1) <= '9' && at - digits >= 2 && at - digits <= 5;
    return room && plain && !Passage.isAlphanumeric(passage.at(at)) ? at : -1;
  }

  private static boolean isNumeral(char c) {
    return Passage.isAlphanumeric(c) || c == '-' || "一二三四五六七八九十百零〇甲乙丙丁东西南北".indexOf(c) >= 0;
  }

  private static boolean isName(char c) {
    return Passage.isHan(c) && "的了我你他她它们是在和与或很也就吗呢啊吧请把被从给到住送寄".indexOf(c) < 0
        || c >= '0' && c <= '9';
  }

  private static boolean has(Passage passage, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (passage.at(at + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
