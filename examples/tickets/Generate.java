import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Generates the support tickets of this example: {@code java Generate.java} in this folder writes the
 * same bytes again. Everything in them is made up; identity numbers are random digits with a right
 * check digit, addresses end in example.com.
 *
 * <p>Planted on purpose: 4 % exact copies, holes written in seven ways, waiting times in three units,
 * amounts in five styles, dates in three formats, letters in full width, stray spaces, personal data
 * of six kinds, 5 % wrong labels.
 */
final class Generate {
  private static final String[] CATEGORIES = {"billing", "delivery", "technical", "account", "returns"};

  private static final String[][] ENGLISH = {
    {
      "I was charged twice for the same order", "the invoice shows the wrong amount",
      "my discount code was not applied", "please send me a corrected invoice",
      "the tax on the bill looks wrong", "your payment page took my money but shows unpaid",
      "the subscription renewed although I cancelled the billing", "why is there an extra fee"
    },
    {
      "my parcel has not arrived", "the tracking page has not moved for days",
      "the courier left the box at the wrong house", "the package arrived with a broken seal",
      "when will my order be shipped", "half of the items are missing from the parcel",
      "the delivery date was moved again", "I want to change the shipping address"
    },
    {
      "the app crashes when I open it", "I get error 502 on the dashboard",
      "the update broke the printer connection", "video calls freeze after a minute",
      "the device does not pair with my phone", "the export button does nothing",
      "the screen stays black after the restart", "synchronisation is stuck"
    },
    {
      "I cannot log in any more", "the password reset mail never comes",
      "please delete my account", "somebody else seems to use my account",
      "I want to change the e-mail of my profile", "two-factor codes are rejected",
      "my profile shows another name", "merge my two accounts please"
    },
    {
      "I want to return the shoes", "the refund has not reached my bank",
      "the item does not look like the picture and I send it back", "how do I print a return label",
      "the exchange was the wrong size again", "you refused my return without a reason",
      "I returned it two weeks ago and heard nothing", "the warranty replacement is broken too"
    }
  };

  private static final String[][] CHINESE = {
    {
      "同一笔订单被扣了两次款", "发票金额开错了", "优惠券没有抵扣", "请重新开具发票", "账单里的税额不对",
      "付款页面扣了钱却显示未支付", "已经取消订阅还是自动续费了", "为什么多收了一笔手续费"
    },
    {
      "包裹一直没有收到", "物流信息好几天没有更新", "快递员把箱子放错了地方", "包裹送到时封条已经破了", "订单什么时候发货",
      "包裹里少了一半的商品", "送货日期又被推迟了", "我想修改收货地址"
    },
    {
      "应用一打开就闪退", "后台页面报错五零二", "升级以后打印机连不上了", "视频通话一分钟就卡住", "设备无法和手机配对", "导出按钮点了没有反应",
      "重启以后屏幕一直是黑的", "数据同步卡住不动"
    },
    {
      "我登录不了账号了", "重置密码的邮件一直收不到", "请帮我注销账号", "好像有别人在用我的账号", "我想更换绑定的邮箱", "双重验证码总是提示错误",
      "个人资料显示的是别人的名字", "请把我的两个账号合并"
    },
    {
      "我想把鞋子退掉", "退款还没有到银行卡", "实物和图片不符我要退货", "退货标签怎么打印", "换货又发错了尺码", "你们没有理由就拒绝了退货",
      "两周前就退回去了没有消息", "保修换的新机也是坏的"
    }
  };

  private static final String[] ENGLISH_OPEN = {
    "Hello,", "Hi there,", "Good morning,", "Dear team,", "To whom it may concern,", ""
  };
  private static final String[] ENGLISH_CLOSE = {
    "Please help.", "I need an answer today.", "Thank you.", "This is the second time I write.",
    "I am very disappointed.", "Kind regards", ""
  };
  private static final String[] CHINESE_OPEN = {"您好，", "你好，", "客服您好，", "在吗？", ""};
  private static final String[] CHINESE_CLOSE = {
    "请尽快处理。", "谢谢。", "麻烦今天给我答复。", "这已经是第二次反映了。", "非常失望。", ""
  };
  private static final String[] ENGLISH_NAMES = {
    "Alice Moore", "Ben Carter", "Chloe Diaz", "Daniel Evans", "Emma Fox", "Felix Grant", "Grace Hill"
  };
  private static final String[] CHINESE_NAMES = {"王小明", "李静", "张伟", "刘洋", "陈晨", "杨帆", "赵敏", "黄磊"};
  private static final String[] PRODUCTS = {"Lamp S", "Lamp L", "Router 6", "Speaker", "Watch 2", "Kettle"};
  private static final String[] HOLES = {"", "N/A", "-", "null", "?", "无", "未知"};

  private final SplittableRandom random = new SplittableRandom(20260101);

  private record Ticket(
      String id,
      String created,
      String channel,
      String language,
      String customer,
      String product,
      String amount,
      String waiting,
      String age,
      String subject,
      String body,
      String category) {}

  public static void main(String[] arguments) throws IOException {
    Generate generate = new Generate();
    List<Ticket> web = generate.tickets(1800, "W", "web");
    List<Ticket> app = generate.tickets(1200, "A", "app");
    Files.createDirectories(Path.of("data"));
    StringBuilder csv =
        new StringBuilder(
            "\uFEFFticket_id,created,channel,language,customer_id,product,amount,waiting,age,subject,body,category\r\n");
    for (Ticket t : web) {
      String[] cells = {
        t.id, t.created, t.channel, t.language, t.customer, t.product, t.amount, t.waiting, t.age,
        t.subject, t.body, t.category
      };
      for (int i = 0; i < cells.length; i++) {
        csv.append(i == 0 ? "" : ",").append(cell(cells[i]));
      }
      csv.append("\r\n");
    }
    Files.writeString(Path.of("data", "web.csv"), csv, StandardCharsets.UTF_8);
    StringBuilder lines = new StringBuilder();
    for (Ticket t : app) {
      lines.append("{\"ticket_id\":").append(json(t.id));
      lines.append(",\"created\":").append(json(t.created));
      lines.append(",\"channel\":").append(json(t.channel));
      lines.append(",\"language\":").append(json(t.language));
      lines.append(",\"customer_id\":").append(json(t.customer));
      lines.append(",\"product\":").append(json(t.product));
      lines.append(",\"amount\":").append(json(t.amount));
      lines.append(",\"waiting\":").append(json(t.waiting));
      lines.append(",\"age\":").append(json(t.age));
      lines.append(",\"subject\":").append(json(t.subject));
      lines.append(",\"body\":").append(json(t.body));
      lines.append(",\"category\":").append(json(t.category));
      lines.append(",\"device\":{\"os\":").append(json(generate.pick("android", "ios", "harmony")));
      lines.append(",\"version\":").append(generate.random.nextInt(3, 9)).append("}}\n");
    }
    Files.writeString(Path.of("data", "app.jsonl"), lines, StandardCharsets.UTF_8);
  }

  private List<Ticket> tickets(int count, String prefix, String channel) {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!tickets.isEmpty() && chance(0.04)) {
        tickets.add(tickets.get(random.nextInt(tickets.size())));
      } else {
        tickets.add(ticket(prefix + (10000 + i), channel));
      }
    }
    return tickets;
  }

  private Ticket ticket(String id, String channel) {
    int category = random.nextInt(CATEGORIES.length);
    boolean chinese = chance(0.55);
    String[] lines = (chinese ? CHINESE : ENGLISH)[category];
    String subject = lines[random.nextInt(lines.length)];
    StringBuilder body = new StringBuilder(chinese ? pick(CHINESE_OPEN) : pick(ENGLISH_OPEN));
    int sentences = 1 + random.nextInt(3);
    for (int s = 0; s < sentences; s++) {
      // One sentence in eight belongs to another matter, as in real letters.
      int about = chance(0.125) ? random.nextInt(CATEGORIES.length) : category;
      String[] from = (chinese ? CHINESE : ENGLISH)[about];
      String sentence = from[random.nextInt(from.length)];
      body.append(chinese ? sentence + "。" : " " + upper(sentence) + ".");
    }
    if (chance(0.45)) {
      body.append(chinese ? chinesePerson() : englishPerson());
    }
    body.append(chinese ? pick(CHINESE_CLOSE) : " " + pick(ENGLISH_CLOSE));
    String label = chance(0.05) ? pick(CATEGORIES) : CATEGORIES[category];
    return new Ticket(
        id,
        created(),
        channel,
        chinese ? "zh" : "en",
        customer(),
        chance(0.08) ? pick(HOLES) : stray(pick(PRODUCTS)),
        chance(0.1) ? pick(HOLES) : amount(chinese),
        chance(0.12) ? pick(HOLES) : waiting(category),
        chance(0.15) ? pick(HOLES) : Integer.toString(random.nextInt(18, 80)),
        stray(chinese ? subject : upper(subject)),
        wide(body.toString().strip()),
        label);
  }

  private String englishPerson() {
    return switch (random.nextInt(4)) {
      case 0 -> " You can reach me at " + mail() + ".";
      case 1 -> " Call " + pick(ENGLISH_NAMES) + " at +1 202-555-01" + digits(2) + ".";
      case 2 -> " My card is " + card() + ".";
      default -> " I am " + pick(ENGLISH_NAMES) + ", server 10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".";
    };
  }

  private String chinesePerson() {
    return switch (random.nextInt(4)) {
      case 0 -> "我的邮箱是" + mail() + "。";
      case 1 -> "我叫" + pick(CHINESE_NAMES) + "，电话1" + pick("38", "39", "50", "86") + digits(8) + "。";
      case 2 -> "身份证号" + residentId() + "。";
      default -> "银行卡号" + card() + "。";
    };
  }

  private String mail() {
    return pick("amoore", "ben.carter", "chloe_d", "xiaoming", "li.jing", "zw88")
        + random.nextInt(100)
        + "@"
        + pick("example.com", "mail.example.com", "example.org");
  }

  private String card() {
    String start = "4111" + digits(11);
    for (int check = 0; check < 10; check++) {
      int sum = 0;
      String number = start + check;
      for (int i = 0; i < number.length(); i++) {
        int digit = number.charAt(number.length() - 1 - i) - '0';
        sum += i % 2 == 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      }
      if (sum % 10 == 0) {
        return number.substring(0, 4) + " " + number.substring(4, 8) + " " + number.substring(8, 12) + " " + number.substring(12);
      }
    }
    throw new IllegalStateException("one check digit must fit");
  }

  private String residentId() {
    String start =
        pick("110105", "310115", "440305", "330106")
            + random.nextInt(1950, 2006)
            + two(random.nextInt(1, 13))
            + two(random.nextInt(1, 29))
            + digits(3);
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      int weight = 1;
      for (int k = 0; k < 17 - i; k++) {
        weight = weight * 2 % 11;
      }
      sum += weight * (start.charAt(i) - '0');
    }
    return start + "10X98765432".charAt(sum % 11);
  }

  private String created() {
    int month = random.nextInt(1, 13);
    int day = random.nextInt(1, 29);
    return switch (random.nextInt(3)) {
      case 0 -> "2025-" + two(month) + "-" + two(day);
      case 1 -> "2025/" + two(month) + "/" + two(day);
      default -> "2025年" + month + "月" + day + "日";
    };
  }

  private String customer() {
    return "C" + (1000 + random.nextInt(700));
  }

  private String amount(boolean chinese) {
    String number = String.format(Locale.ROOT, "%.2f", 5 + 400 * random.nextDouble());
    return switch (random.nextInt(5)) {
      case 0 -> number;
      case 1 -> "¥" + number;
      case 2 -> number + "元";
      case 3 -> "CNY " + number;
      default -> chinese ? "￥" + number : " " + number + " ";
    };
  }

  private String waiting(int category) {
    double minutes = Math.max(1, (40 + 60 * category) * (0.3 + random.nextDouble() * 1.4));
    return switch (random.nextInt(3)) {
      case 0 -> Math.round(minutes) + " min";
      case 1 -> String.format(Locale.ROOT, "%.1f h", minutes / 60);
      default -> Math.round(minutes) + "分钟";
    };
  }

  private String stray(String text) {
    return chance(0.1) ? "  " + text + " " : text;
  }

  private String wide(String text) {
    if (!chance(0.05)) {
      return text;
    }
    StringBuilder wide = new StringBuilder();
    text.chars().forEach(c -> wide.append((char) (c >= '0' && c <= '9' ? c + 0xFEE0 : c)));
    return wide.toString();
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private String pick(String... from) {
    return from[random.nextInt(from.length)];
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  private static String upper(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String cell(String text) {
    boolean quote = text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0 || text.startsWith(" ");
    return quote ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }

  private static String json(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
