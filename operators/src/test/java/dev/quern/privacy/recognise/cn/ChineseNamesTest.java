package dev.quern.privacy.recognise.cn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.privacy.recognise.Detector;
import dev.quern.privacy.recognise.Finding;
import dev.quern.privacy.recognise.Recognisers;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChineseNamesTest {
  private final Detector detector = new Detector(new Recognisers(List.of(new ChineseNames())), 0.5);

  private final Detector every = new Detector(new Recognisers(ChinesePack.RECOGNISERS), 0.5);

  private String found(String text) {
    return detector.find(text).stream()
        .map(one -> one.type() + "[" + text.substring(one.start(), one.end()) + "]")
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "患者王小明在北京协和医院住院|PERSON[王小明] ORGANIZATION[北京协和医院]",
        "我在深圳市腾讯计算机系统有限公司工作|ORGANIZATION[深圳市腾讯计算机系统有限公司]",
        "他毕业于华中科技大学|ORGANIZATION[华中科技大学]",
        "上海浦东发展银行杭州分行的客服|ORGANIZATION[上海浦东发展银行杭州分行]",
        "去年搬到了昆明市|GPE[昆明市]",
        "请联系中国移动通信集团公司|ORGANIZATION[中国移动通信集团公司]",
        "字节跳动科技有限公司在海淀区中关村|ORGANIZATION[字节跳动科技有限公司] GPE[海淀区中关村]",
        "从广州坐火车到成都|GPE[广州] GPE[成都]",
        "成都第七中学的学生|ORGANIZATION[成都第七中学]",
        "杭州海康威视数字技术股份有限公司|ORGANIZATION[杭州海康威视数字技术股份有限公司]",
      })
  void peoplePlacesAndOrganisationsAreFoundWhole(String text, String found) {
    assertThat(found(text)).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "患者[赵丽颖]，女，32岁。",
        "[姚晨]称十年婚姻无人能拆散",
        "[吕布]太偶像",
        "[孙俪]称即使怀孕也不抛弃宠物",
        "[赵丽颖]的身份证丢了",
        "今天和[欧阳娜娜]一起吃饭",
        "请转给[尉迟恭敬]",
        "[令狐冲]说他明天到",
        "甲方：[陳大文]（以下簡稱出租方）",
        "客戶[張偉]先生來電",
        "收件人：[歐陽菲菲]",
        "[劉德華]說他明天到",
        "患者[阿卜杜拉·买买提]，男，45岁。",
        "姓名：[古丽娜尔·阿不都热合曼]",
        "今天[买买提·艾力]来访",
        "由[扎西•顿珠]签字确认",
        "联系人[阿布都沙拉木・阿布都热西提]电话",
      })
  void namesOfAllKindsAreFoundWhole(String marked) {
    int start = marked.indexOf('[');
    int end = marked.indexOf(']') - 1;
    String text = marked.replace("[", "").replace("]", "");
    assertThat(every.find(text))
        .filteredOn(one -> one.type().equals("PERSON"))
        .extracting(one -> text.substring(one.start(), one.end()))
        .containsExactly(text.substring(start, end));
  }

  @ParameterizedTest
  @ValueSource(strings = {"张伟", "尉迟恭敬", "陳大文", "季春夏"})
  void aCellOfAFieldOfNamesIsAName(String cell) {
    for (String field : List.of("姓名", "name", "customer_name", "联系人")) {
      assertThat(every.find(every.passage().of(cell).in(field)))
          .extracting(Finding::type)
          .containsExactly("PERSON");
    }
    assertThat(every.find(every.passage().of("黄金周").in("product_name"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "这家公司很好，酒店的服务也好",
        "医院里人很多，学校放假了",
        "我们公司今年业绩不错",
        "去银行取钱，到大学报到",
        "保险公司的人说要等三天",
      })
  void wordsForOrganisationsAloneAreNoNames(String text) {
    assertThat(found(text)).isEmpty();
  }
}
