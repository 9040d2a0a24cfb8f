package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Context;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;
import java.util.List;

/**
 * Chinese names that are the whole cell of a field whose name tells of people: a surname and two to
 * four characters in all. There is no sentence around that a tagger could go by.
 */
final class NameCells implements Recogniser {
  private static final int LEAST = 2;
  private static final int MOST = 4;

  private static final Context PEOPLE =
      Context.of(
          List.of(),
          List.of(),
          List.of(
              "姓名",
              "名字",
              "联系人",
              "收货人",
              "收件人",
              "寄件人",
              "发件人",
              "患者",
              "病人",
              "户名",
              "持卡人",
              "法人",
              "法定代表人",
              "负责人",
              "经办人",
              "申请人",
              "投保人",
              "被保险人",
              "收款人",
              "付款人",
              "聯絡人",
              "戶名",
              "full name",
              "fullname",
              "patient name",
              "customer name",
              "contact name",
              "person name",
              "real name",
              "realname",
              "client name",
              "student name",
              "employee name",
              "staff name",
              "guest name",
              "doctor name",
              "holder name",
              "card holder",
              "cardholder",
              "contact person"));

  @Override
  public String name() {
    return "cn_name_cells";
  }

  @Override
  public String type() {
    return "PERSON";
  }

  @Override
  public boolean readsNumbers() {
    return false;
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    int start = 0;
    int end = passage.length();
    while (start < end && passage.at(start) <= ' ') {
      start++;
    }
    while (end > start && passage.at(end - 1) <= ' ') {
      end--;
    }
    if (end - start < LEAST || end - start > MOST || !isOfPeople(passage)) {
      return;
    }
    for (int at = start; at < end; at++) {
      if (!Passage.isHan(passage.at(at))) {
        return;
      }
    }
    if (ChineseNames.beginsWithSurname(new Simplified(passage).text(start, end))) {
      candidates.add(this, start, end, 0.9, Check.POSSIBLE);
    }
  }

  private static boolean isOfPeople(Passage passage) {
    return passage.field().equals("name") || passage.isNamedFor(PEOPLE);
  }
}
