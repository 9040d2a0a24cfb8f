package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;

/** Mobile numbers of mainland China, with or without country code. */
final class Mobile {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("cn_mobile", "CN_MOBILE")
          .shape("(?:(?:\\+|00)?86[- ]?)?1[3-9]\\d(?:\\d{8}|-\\d{4}-\\d{4}| \\d{4} \\d{4})", 0.7)
          .shape("\\((?:\\+|00)?86\\)[- ]?1[3-9]\\d(?:\\d{8}|-\\d{4}-\\d{4}| \\d{4} \\d{4})", 0.7)
          .shape("(?:(?:\\+|00)?86[- ]?)?1[3-9]\\d\\.\\d{4}\\.\\d{4}", 0.6)
          .shape("1[3-9]\\d[ -]\\d{8}", 0.4)
          .shape("1[3-9]\\d{2}[ -]\\d{4}[ -]\\d{3}", 0.4)
          .shape("1[3-9]\\d[ -]\\d{3}[ -]\\d{5}", 0.4)
          .shape("1[3-9]\\d{3}[ -]\\d{6}", 0.4)
          .shape("1[3-9]\\d{5}[ -]\\d{4}", 0.4)
          .shape("1[ .-][3-9](?:[ .-]\\d){9}", 0.4)
          .near(
              "手机,电话,联系,致电,拨打,微信,号码,短信,手機,電話,聯絡,聯繫,號碼,mobile,phone,tel,cell,call," + "wechat,wx,vx")
          .check((passage, start, end) -> Check.PASSED);

  private Mobile() {}
}
