package dev.quern.privacy.recognise.cn;

import com.hankcs.hanlp.corpus.dictionary.item.EnumItem;
import com.hankcs.hanlp.corpus.tag.NR;
import com.hankcs.hanlp.corpus.tag.Nature;
import com.hankcs.hanlp.dictionary.CoreDictionary;
import com.hankcs.hanlp.dictionary.nr.PersonDictionary;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.Viterbi.ViterbiSegment;
import com.hankcs.hanlp.seg.common.Term;
import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of people, places and organisations in Chinese. HanLP segments the text and tags what it
 * knows; as it often cuts names of people, a surname and one or two characters of a given name,
 * they are looked for anew around each of its tags and behind words that introduce people. Which
 * characters stand in given names, first, last or alone, is told by HanLP's dictionary.
 * Organisations are found by {@link Organisations}.
 */
final class ChineseNames implements Recogniser {
  private static final String PLACE = "GPE";
  private static final String ORGANISATION = "ORGANIZATION";

  /** The least Han characters of a text that is segmented at all. */
  private static final int LEAST_HAN = 2;

  private static final Set<String> DOUBLE =
      Set.of(
          "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "宇文", "长孙", "夏侯", "司徒", "端木",
          "百里", "南宫", "独孤", "轩辕", "呼延", "闻人", "澹台", "申屠", "淳于", "单于", "太叔");

  /** Those that are words as well: alone they tell of no name. */
  private static final Set<String> WORDS = Set.of("东方", "百里", "单于", "长孙", "闻人", "轩辕", "太叔");

  private static final String SURNAMES =
      "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
          + "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦"
          + "季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍"
          + "位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党"
          + "燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应巫鞠僧桑荆谌"
          + "银扬明沙薄伏岑习胥保和蔺肖闫褚";

  /** How many of them, the most frequent first, are taken without a word that introduces. */
  private static final int COMMON = 230;

  private static final String NEVER_GIVEN =
      "是就也都了里很忍跟还没住能凉洒可几锅点菜不有的说去来给让吃喝买送到在看上下和与同把被对从向为会要你我他她它们这那吗呢吧啊及或";

  /** What introduces people. */
  private static final List<String> BEFORE =
      List.of(
          "我叫", "名叫", "叫做", "我是", "联系人", "收货人", "收件人", "寄件人", "发件人", "姓名", "户名", "经理", "店长", "前台",
          "老师", "医生", "护士", "同学", "同事", "客服", "司机", "师傅", "老板", "负责人", "申请人", "患者", "病人", "法人",
          "法定代表人", "乘客", "学生", "员工", "主任", "教授", "律师", "导游", "服务员", "快递员", "配送员", "签收人", "持卡人",
          "开户人", "投保人", "被保险人", "作者", "记者", "董事长", "总裁", "书记", "市长", "局长");

  /** How much more often a character must end names than stand beside them. */
  private static final int TWICE = 2;

  /** How much more often a character must end names than be a word in HanLP's small corpus. */
  private static final int OFTEN = 4;

  private static final List<String> AFTER =
      List.of("先生", "小姐", "女士", "老师", "经理", "医生", "师傅", "同学", "教授", "主任", "阿姨", "叔叔", "律师");

  @Override
  public String name() {
    return "cn_names";
  }

  @Override
  public String type() {
    return "PERSON";
  }

  @Override
  public List<String> types() {
    return List.of(type(), PLACE, ORGANISATION);
  }

  @Override
  public boolean readsNumbers() {
    return false;
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    int length = passage.length();
    Simplified text = new Simplified(passage);
    int at = 0;
    while (at < length) {
      while (at < length && !Passage.isHan(passage.chars()[at])) {
        at++;
      }
      int start = at;
      while (at < length && Passage.isHan(passage.chars()[at])) {
        at++;
      }
      if (at - start >= LEAST_HAN) {
        new Run(text, start, at).find(candidates);
      }
    }
  }

  /** Returns whether {@code text}, in simplified characters, begins with a surname. */
  static boolean beginsWithSurname(String text) {
    return SURNAMES.indexOf(text.charAt(0)) >= 0
        || text.length() > 2 && DOUBLE.contains(text.substring(0, 2));
  }

  /** Returns the words of {@code text}, in simplified characters. */
  static List<Term> words(String text) {
    return Tagger.SEGMENT.seg(text);
  }

  /** Whether a character ends names more often than it stands beside them or in other words. */
  private static boolean isOfNames(char c) {
    int ends = frequency(c, NR.D) + frequency(c, NR.E);
    int beside = frequency(c, NR.K) + frequency(c, NR.L) + frequency(c, NR.M);
    CoreDictionary.@Nullable Attribute word = CoreDictionary.get(String.valueOf(c));
    int other = word == null ? 0 : word.totalFrequency;
    return ends > TWICE * beside && ends > OFTEN * other;
  }

  private static int frequency(char c, NR tag) {
    @Nullable EnumItem<NR> item = PersonDictionary.dictionary.get(String.valueOf(c));
    return item == null ? 0 : item.getFrequency(tag);
  }

  /** Loaded by the first Chinese text: its dictionaries take a second and 100 MB. */
  private static final class Tagger {
    static final Segment SEGMENT =
        new ViterbiSegment()
            .enableCustomDictionary(false)
            .enableTranslatedNameRecognize(false)
            .enableNameRecognize(true)
            .enableOffset(true);

    private Tagger() {}
  }

  /** A run of Han characters. */
  private final class Run {
    private final Simplified passage;
    private final int start;
    private final int end;
    private final boolean[] begins;
    private final boolean[] tagged;
    private final int[] wordEnd;

    Run(Simplified passage, int start, int end) {
      this.passage = passage;
      this.start = start;
      this.end = end;
      this.begins = new boolean[end - start + 1];
      this.tagged = new boolean[end - start];
      this.wordEnd = new int[end - start];
    }

    void find(Candidates candidates) {
      List<Term> terms = words(passage.text(start, end));
      for (Term term : terms) {
        int from = start + term.offset;
        int to = Math.min(end, from + term.word.length());
        begins[from - start] = true;
        for (int i = from; i < to; i++) {
          tagged[i - start] = term.nature == Nature.nr;
          wordEnd[i - start] = to;
        }
      }
      begins[end - start] = true;
      int at = start;
      while (at < end) {
        int found = nameAt(at);
        if (found > 0) {
          candidates.add(ChineseNames.this, at, found, 0.85, Check.POSSIBLE);
          at = found;
        } else {
          at++;
        }
      }
      places(terms, candidates);
    }

    /** Places are what HanLP's dictionary knows as such, unless they begin an organisation. */
    private void places(List<Term> terms, Candidates candidates) {
      int next = 0;
      while (next < terms.size()) {
        int behind = Organisations.end(terms, next);
        if (behind > next) {
          add(ORGANISATION, terms, next, behind, 0.7, candidates);
          next = behind;
          continue;
        }
        int first = next++;
        if (isPlace(terms.get(first))) {
          while (next < terms.size()
              && isPlace(terms.get(next))
              && Organisations.end(terms, next) == next) {
            next++;
          }
          add(PLACE, terms, first, next, 0.65, candidates);
        }
      }
    }

    private void add(
        String type, List<Term> terms, int from, int behind, double score, Candidates candidates) {
      Term last = terms.get(behind - 1);
      int to = start + last.offset + last.word.length();
      candidates.add(
          ChineseNames.this, type, start + terms.get(from).offset, to, score, Check.POSSIBLE);
    }

    private static boolean isPlace(Term term) {
      return term.nature == Nature.ns && term.word.length() > 1;
    }

    /** Returns where a name that begins at {@code at} ends, -1 if there is none. */
    private int nameAt(int at) {
      int given = surnameEnd(at);
      if (given < 0 || given >= end) {
        return -1;
      }
      boolean introduced = isBehind(at);
      int two = given + 1;
      int three = given + 2;
      boolean title = follows(two) || three <= end && follows(three);
      boolean near = tagged[at - start] && begins[at - start] || tagged[given - start];
      if (!introduced && !title) {
        int whole = near ? taggedWhole(at, given) : -1;
        return whole > 0 ? longer(given, whole) : compound(at, given);
      }
      if (three <= end && fitsThree(given, introduced || title) && !follows(two)) {
        return three;
      }
      boolean alone = frequency(passage.at(given), NR.E) > 0 || tagged[given - start];
      if (alone && (begins[two - start] || introduced)) {
        return longer(given, two);
      }
      return compound(at, given);
    }

    /** HanLP often leaves the second character of a given name over as a word of its own. */
    private int longer(int given, int to) {
      boolean one = to == given + 1 && to < end && begins[to - start] && begins[to + 1 - start];
      boolean fits =
          one
              && NEVER_GIVEN.indexOf(passage.at(to)) < 0
              && (isOfNames(passage.at(to)) || passage.at(to) == passage.at(given))
              && !follows(to);
      return fits ? to + 1 : to;
    }

    /** Surnames of two characters that are no other word need nothing else that speaks for them. */
    private int compound(int at, int given) {
      if (given - at < 2 || WORDS.contains(passage.text(at, given)) && !isBehind(at)) {
        return -1;
      }
      int to = begins[given - start] ? wordEnd[given - start] : wordEnd[at - start];
      to = Math.min(to, given + 2);
      if (to <= given || NEVER_GIVEN.indexOf(passage.at(given)) >= 0 || follows(given)) {
        return -1;
      }
      return longer(given, to);
    }

    /** Without a word that speaks for it, only what HanLP takes for a name as a whole is one. */
    private int taggedWhole(int at, int given) {
      boolean split = tagged[given - start] && !tagged[at - start];
      int to = wordEnd[given - start];
      int characters = to - given;
      boolean surname =
          given - at == 2 || SURNAMES.indexOf(passage.at(at)) < COMMON && !isWord(passage.at(at));
      if (!begins[at - start] || !surname || characters > 2 || !tagged[given - start]) {
        return -1;
      }
      for (int i = given; i < to; i++) {
        if (NEVER_GIVEN.indexOf(passage.at(i)) >= 0) {
          return -1;
        }
      }
      return split && characters == 2 || !split ? to : -1;
    }

    private static boolean isWord(char c) {
      return "都车时房全和商管单包盖宫景".indexOf(c) >= 0;
    }

    private boolean fitsThree(int given, boolean sure) {
      int last = given + 1;
      boolean cuts = wordEnd[last - start] > last + 1 && begins[last - start];
      boolean known =
          frequency(passage.at(given), NR.C) > 0 && frequency(passage.at(last), NR.D) > 0;
      boolean whole = tagged[given - start] && tagged[last - start] && !begins[last - start];
      return whole && begins[last + 1 - start]
          || known && !cuts && (sure || begins[last + 1 - start]);
    }

    private int surnameEnd(int at) {
      if (at + 1 < end && DOUBLE.contains(passage.text(at, at + 2))) {
        return at + 2;
      }
      boolean thanks =
          passage.at(at) == '谢' && (passage.at(at + 1) == '谢' || passage.at(at - 1) == '谢');
      boolean booked = passage.at(at) == '程' && passage.at(at - 1) == '携';
      return SURNAMES.indexOf(passage.at(at)) >= 0 && !thanks && !booked ? at + 1 : -1;
    }

    private boolean isBehind(int at) {
      int to = at;
      while (to > 0 && " :：是为,，".indexOf(passage.at(to - 1)) >= 0 && at - to < 2) {
        to--;
      }
      for (String word : BEFORE) {
        if (to >= word.length() && passage.text(to - word.length(), to).equals(word)) {
          return true;
        }
      }
      return false;
    }

    private boolean follows(int at) {
      for (String word : AFTER) {
        if (at + word.length() <= end && passage.text(at, at + word.length()).equals(word)) {
          return true;
        }
      }
      return false;
    }
  }
}
