import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Generates the patients and notes of this example: {@code java Generate.java} in this folder writes
 * the same bytes again. Nobody in them is real; numbers have right check digits, so that they are
 * found as real ones are.
 */
final class Generate {
  private static final String[] FAMILY = {
    "Baker", "Carter", "Dawson", "Ellis", "Foster", "Graham", "Hughes", "Irving", "Jensen", "Keller",
    "Lawson", "Morris", "Norton", "Parker", "Quinn", "Reynolds", "Shaw", "Turner", "Walsh", "Young"
  };
  private static final String[] FEMALE = {
    "Alice", "Barbara", "Claire", "Diana", "Emily", "Fiona", "Grace", "Helen", "Julia", "Laura"
  };
  private static final String[] MALE = {
    "Andrew", "Brian", "Charles", "Daniel", "Edward", "Frank", "George", "Henry", "Kevin", "Peter"
  };
  private static final String[] CHINESE_FAMILY = {
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "林"
  };
  private static final String[] CHINESE_FEMALE = {"秀英", "丽娟", "桂芳", "婷婷", "雪梅", "静怡", "晓燕", "玉兰"};
  private static final String[] CHINESE_MALE = {"建国", "志强", "海涛", "文博", "国庆", "俊杰", "永刚", "明辉"};
  private static final String[] AREAS = {"310012", "310013", "310027", "310051", "311200", "311215"};
  private static final String[] JOBS = {"teacher", "nurse", "driver", "engineer", "farmer", "cook"};
  private static final String[] ILLS = {
    "hypertension", "diabetes", "asthma", "migraine", "gastritis", "anaemia"
  };
  private static final String[] CHINESE_ILLS = {"高血压", "糖尿病", "哮喘", "偏头痛", "胃炎", "贫血"};
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  private final SplittableRandom random = new SplittableRandom(20_261_127);

  private record Patient(
      String id,
      String name,
      boolean isChinese,
      String sex,
      LocalDate born,
      String area,
      String job,
      String phone,
      String identity,
      int ill) {}

  public static void main(String[] arguments) throws IOException {
    new Generate().write();
  }

  private void write() throws IOException {
    List<Patient> patients = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      patients.add(patient(i));
    }
    StringBuilder table =
        new StringBuilder("patient,name,sex,age,born,zip,job,phone,identity,diagnosis\n");
    StringBuilder notes = new StringBuilder("note_id,patient,visited,note\n");
    int note = 0;
    for (Patient patient : patients) {
      int age = LocalDate.of(2026, 1, 1).getYear() - patient.born().getYear();
      table
          .append(
              String.join(
                  ",",
                  patient.id(),
                  patient.name(),
                  patient.sex(),
                  Integer.toString(age),
                  patient.born().toString(),
                  patient.area(),
                  patient.job(),
                  patient.phone(),
                  patient.identity(),
                  ILLS[patient.ill()]))
          .append('\n');
      for (int visit = 1 + random.nextInt(3); visit > 0; visit--) {
        LocalDate day = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(365));
        notes.append(
            String.format(
                Locale.ROOT,
                "n-%04d,%s,%s,\"%s\"%n",
                ++note,
                patient.id(),
                day,
                patient.isChinese() ? chinese(patient, day) : english(patient, day)));
      }
    }
    Files.createDirectories(Path.of("data"));
    Files.writeString(Path.of("data", "patients.csv"), table, StandardCharsets.UTF_8);
    Files.writeString(Path.of("data", "notes.csv"), notes, StandardCharsets.UTF_8);
    System.out.printf(Locale.ROOT, "%d patients, %d notes%n", patients.size(), note);
  }

  private Patient patient(int number) {
    boolean isChinese = random.nextInt(2) == 0;
    boolean isFemale = random.nextInt(2) == 0;
    String name =
        isChinese
            ? one(CHINESE_FAMILY) + one(isFemale ? CHINESE_FEMALE : CHINESE_MALE)
            : one(isFemale ? FEMALE : MALE) + " " + one(FAMILY);
    LocalDate born = LocalDate.of(1940, 1, 1).plusDays(random.nextInt(24_000));
    return new Patient(
        String.format(Locale.ROOT, "P%04d", number + 1),
        name,
        isChinese,
        isFemale ? "F" : "M",
        born,
        one(AREAS),
        one(JOBS),
        "13" + random.nextInt(10) + digits(8),
        identity(born, isFemale),
        random.nextInt(ILLS.length));
  }

  private String english(Patient patient, LocalDate day) {
    String name = patient.name();
    String ill = ILLS[patient.ill()];
    return switch (random.nextInt(4)) {
      case 0 ->
          name + " was seen on " + day + " for " + ill + ". Call back at " + patient.phone() + ".";
      case 1 ->
          "Patient " + name + ", resident id " + patient.identity() + ", complains of " + ill + ".";
      case 2 ->
          "Dr. Wallace referred " + name + " (" + mail(name) + ") because of " + ill + ".";
      default -> "Follow-up of " + ill + "; results were sent to " + mail(name) + ".";
    };
  }

  private String chinese(Patient patient, LocalDate day) {
    String name = patient.name();
    String ill = CHINESE_ILLS[patient.ill()];
    return switch (random.nextInt(4)) {
      case 0 -> "患者" + name + "于" + day + "因" + ill + "就诊，联系电话" + patient.phone() + "。";
      case 1 -> name + "，身份证号" + patient.identity() + "，主诉" + ill + "两周。";
      case 2 -> "今日为" + name + "复查" + ill + "，家住杭州市西湖区文三路" + (1 + random.nextInt(300)) + "号。";
      default -> ill + "随访，已电话告知，号码" + patient.phone() + "。";
    };
  }

  private static String mail(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@mail.example.org";
  }

  private String identity(LocalDate born, boolean isFemale) {
    int order = 2 * random.nextInt(500) + (isFemale ? 0 : 1);
    String code =
        "330106" + born.toString().replace("-", "") + String.format(Locale.ROOT, "%03d", order);
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (code.charAt(i) - '0');
    }
    return code + "10X98765432".charAt(sum % 11);
  }

  private String digits(int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(random.nextInt(10));
    }
    return out.toString();
  }

  private String one(String[] all) {
    return all[random.nextInt(all.length)];
  }
}
