package dev.quern.privacy.recognise.cn;

import com.hankcs.hanlp.seg.common.Term;
import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;
import java.util.BitSet;

/**
 * Names of people whose parts are joined by a middle dot: those of Uyghurs, Kazakhs, Tibetans and
 * others, and foreign ones in Chinese. A part reaches as far as its characters are ones that write
 * sounds, and does not cut a word that has another one.
 */
final class DottedNames implements Recogniser {
  private static final String DOTS = "·•・‧∙･⋅";

  /** A part has at least so many characters, and seldom more than the most. */
  private static final int LEAST = 2;

  private static final int MOST = 10;

  private static final BitSet SOUNDS = new BitSet();

  static {
    String sounds =
        "阿艾爱安昂奥巴白拜班邦保鲍贝本比彼宾波伯勃博卜布才采策查柴昌慈茨次达大代戴丹当道德登邓狄迪蒂丁顶东杜敦顿多俄厄恩尔"
            + "法凡范方菲费芬丰冯夫弗福富盖甘高戈哥格葛根古贵郭果哈海汉豪合贺赫黑亨洪胡华怀惠霍基吉季加贾嘉简江姜杰金晋京居"
            + "卡凯坎康考科柯可克肯孔库夸奎拉腊莱赖兰朗劳勒雷黎李里理力利丽立良列林琳龙隆卢鲁路伦罗洛吕马玛麦迈曼芒毛梅门蒙孟"
            + "米密敏明缪摩莫默姆木穆那娜纳乃奈南瑙内尼宁纽农努诺欧帕派潘庞培佩彭蓬皮平泼珀普齐奇恰钱乔切琴青琼丘曲让热仁日荣"
            + "茹儒若萨塞赛桑瑟森沙莎山尚绍舍圣施什石史舒顺斯思司丝苏索塔台泰坦汤唐陶特腾提田铁廷庭通图土吐托瓦旺望威韦维卫魏温"
            + "翁沃乌吾武西希锡喜夏香肖谢辛欣兴雄休徐雪逊雅亚延扬央杨耶叶伊依仪易因音英永尤于裕约云宰赞扎泽曾詹珍真芝治智朱卓孜"
            + "兹宗祖佐买甫孙措嘎旦增珠不都玉素肉开娅婷衣则帝蕾薇妮瑞娃朵露茜黛苔芭蓓珊甄贡却巧绛贞群扣勉拥益尊毕叙塔拾肃";
    sounds.chars().forEach(SOUNDS::set);
  }

  @Override
  public String name() {
    return "cn_dotted_names";
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
    if (passage.isAscii()) {
      return;
    }
    Simplified text = new Simplified(passage);
    int behind = 0;
    for (int at = 1; at < passage.length(); at++) {
      if (at >= behind && isDot(passage, at)) {
        int start = start(text, behind, at);
        int end = end(text, at);
        while (end > 0 && isDot(passage, end)) {
          int next = end(text, end);
          if (next < 0) {
            break;
          }
          end = next;
        }
        if (start >= 0 && end > 0) {
          candidates.add(this, start, end, 0.9, Check.POSSIBLE);
          behind = end;
        }
      }
    }
  }

  private static boolean isDot(Passage passage, int at) {
    return DOTS.indexOf(passage.at(at)) >= 0
        && Passage.isHan(passage.at(at - 1))
        && Passage.isHan(passage.at(at + 1));
  }

  /** Returns where the part before {@code dot} begins, -1 if it is none. */
  private static int start(Simplified text, int least, int dot) {
    int from = dot;
    while (from > least && dot - from < 2 * MOST && Passage.isHan(text.at(from - 1))) {
      from--;
    }
    BitSet others = others(text, from, dot);
    int start = others.length();
    return dot - from - start >= LEAST ? Math.max(from + start, dot - MOST) : -1;
  }

  /** Returns where the part behind {@code dot} ends, -1 if it is none. */
  private static int end(Simplified text, int dot) {
    int to = dot + 1;
    while (to - dot <= 2 * MOST && Passage.isHan(text.at(to))) {
      to++;
    }
    BitSet others = others(text, dot + 1, to);
    int first = others.nextSetBit(0);
    int length = first < 0 ? to - dot - 1 : first;
    return length >= LEAST ? dot + 1 + Math.min(length, MOST) : -1;
  }

  /** Returns the characters that write no sound, and those of words that hold such a one. */
  private static BitSet others(Simplified text, int from, int to) {
    BitSet others = new BitSet();
    for (Term term : ChineseNames.words(text.text(from, to))) {
      boolean sounds = term.word.chars().allMatch(SOUNDS::get);
      if (!sounds) {
        boolean name = term.word.chars().limit(1).allMatch(SOUNDS::get) && term.word.length() > 2;
        others.set(term.offset, term.offset + term.word.length());
        if (name) {
          trim(others, term);
        }
      }
    }
    return others;
  }

  /** Of a long word that the dictionary made up of sounds and others, the sounds stay. */
  private static void trim(BitSet others, Term term) {
    for (int i = 0; i < term.word.length() && SOUNDS.get(term.word.charAt(i)); i++) {
      others.clear(term.offset + i);
    }
  }
}
