package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.NumberPattern;

/**
 * Number plates of vehicles of mainland China: GA 36-2018, of electric ones too; of the armed
 * police and of embassies.
 */
final class Plate {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("cn_plate", "CN_PLATE")
          .shape(
              "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬遼雲魯蘇贛陝閩貴粵寧瓊][A-HJ-NP-Z][·•・ .-]?(?:[DF][A-HJ-NP-Z0-9]\\d{4}|\\d{5}[DF]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9学警港澳挂])",
              0.7)
          .shape(
              "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z][·•・ .-]?(?:[df][a-hj-np-z0-9]\\d{4}|\\d{5}[df]|[a-hj-np-z0-9]{5})",
              0.4)
          .shape("WJ[·•・ .-]?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]?\\d{4}[0-9A-Z]", 0.6)
          .shape("使\\d{6}", 0.3)
          .near("车牌,车号,牌照,号牌,車牌,車號,plate");

  private Plate() {}
}
