package dev.quern.privacy.recognise.cn;

import com.hankcs.hanlp.corpus.tag.Nature;
import com.hankcs.hanlp.seg.common.Term;
import java.util.List;
import java.util.Set;

/**
 * Names of organisations in segmented Chinese: a place or another proper name, words that say what
 * the organisation deals with, and at the end the word for its kind (公司, 大学, 医院 …), as in 北京协和医院;
 * companies of limited liability also without a proper name before them, and with verbs in it.
 */
final class Organisations {
  /** The most terms of a name. */
  private static final int MOST = 9;

  private static final Set<String> KINDS =
      Set.of(
          "公司", "分公司", "子公司", "集团", "集团公司", "总公司", "银行", "分行", "支行", "信用社", "大学", "学院", "中学", "高中",
          "小学", "幼儿园", "医院", "诊所", "卫生院", "卫生所", "法院", "检察院", "公安局", "派出所", "委员会", "研究院", "研究所",
          "研究中心", "事务所", "基金会", "协会", "学会", "出版社", "通讯社", "报社", "电视台", "交易所", "俱乐部", "博物馆", "图书馆",
          "管理局", "教育局", "财政局", "税务局", "证券", "保险公司", "航空公司", "工厂", "酒店", "宾馆");

  private static final Set<String> LIMITED = Set.of("有限公司", "有限责任公司", "股份有限公司", "股份公司");

  private Organisations() {}

  /**
   * Returns behind which term the organisation ends whose name begins with term {@code from}, and
   * {@code from} where none does.
   */
  static int end(List<Term> terms, int from) {
    boolean proper = isProper(terms.get(from));
    if (!proper && !isWord(terms.get(from))) {
      return from;
    }
    boolean acts = false;
    int end = from;
    int characters = 0;
    for (int at = from; at < Math.min(terms.size(), from + MOST); at++) {
      Term term = terms.get(at);
      boolean limited = LIMITED.contains(term.word);
      if (at > from
          && (limited && (proper || characters > 2)
              || proper && !acts && KINDS.contains(term.word))) {
        end = at + 1;
      } else if (!isWord(term) && !isProper(term)) {
        break;
      }
      // A common word at the beginning belongs to a name only where nothing proper follows.
      if (!proper && isProper(term)) {
        return from;
      }
      acts |= term.nature == Nature.v || term.nature == Nature.a;
      characters += term.word.length();
    }
    return end;
  }

  private static boolean isPlace(Term term) {
    return term.nature == Nature.ns;
  }

  private static boolean isProper(Term term) {
    return isPlace(term)
        || term.nature == Nature.nz
        || term.nature == Nature.nt
        || term.nature == Nature.nr
        || term.nature == Nature.nrf;
  }

  /** Nouns, verbs of two characters, numbers and short forms: what names are made of. */
  private static boolean isWord(Term term) {
    String nature = term.nature.toString();
    int length = term.word.length();
    return switch (nature.charAt(0)) {
      case 'n', 'j', 'g', 'b', 'l' -> true;
      case 'm' -> true;
      case 'v', 'a' -> length > 1 || nature.length() > 1;
      default -> false;
    };
  }
}
