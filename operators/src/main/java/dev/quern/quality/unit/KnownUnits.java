package dev.quern.quality.unit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.measure.Unit;
import javax.measure.UnitConverter;
import tech.units.indriya.AbstractUnit;
import tech.units.indriya.function.Calculus;
import tech.units.indriya.unit.Units;

/**
 * The units that texts may name, in the order of the documentation; dimensions and conversion are
 * those of the units library (JSR 385). Definitions: BIPM SI brochure; NIST SP 811 for units of the
 * US; 1959 order of the State Council for 斤, 尺, 亩 and their parts.
 */
public final class KnownUnits {
  private static final List<String> SYMBOLS = new ArrayList<>();
  private static final List<Unit<?>> UNITS = new ArrayList<>();
  private static final Map<String, Integer> NAMES = new HashMap<>();

  private static final Unit<?> BIT = AbstractUnit.ONE.alternate("bit");

  static {
    lengths();
    masses();
    volumes();
    temperatures();
    times();
    areas();
    data();
  }

  private KnownUnits() {}

  private static void lengths() {
    Unit<?> m = Units.METRE;
    add(m.divide(1000), "mm 毫米 millimetre millimetres millimeter millimeters");
    add(m.divide(100), "cm 厘米 公分 centimetre centimetres centimeter centimeters");
    add(m.divide(10), "dm 分米 decimetre decimeter");
    add(m, "m 米 公尺 metre metres meter meters");
    add(m.multiply(1000), "km 公里 千米 kilometre kilometres kilometer kilometers kms");
    add(m.multiply(254).divide(10_000), "in inch inches \" ″ ” 英寸 吋");
    add(m.multiply(3048).divide(10_000), "ft foot feet ' ′ ’ 英尺 呎");
    add(m.multiply(9144).divide(10_000), "yd yard yards 码");
    add(m.multiply(1_609_344).divide(1000), "mi mile miles 英里");
    add(m.multiply(1852), "nmi 海里");
    add(m.multiply(500), "里 市里 华里");
    add(m.multiply(10).divide(3), "丈 市丈");
    add(m.divide(3), "尺 市尺");
    add(m.divide(30), "寸 市寸");
  }

  private static void masses() {
    Unit<?> kg = Units.KILOGRAM;
    add(kg.divide(1_000_000), "mg 毫克 milligram milligrams");
    add(kg.divide(1000), "g 克 公克 gram grams gr");
    add(kg, "kg 公斤 千克 kilo kilos kilogram kilograms kgs");
    add(kg.multiply(1000), "t 吨 公吨 tonne tonnes");
    add(kg.multiply(28_349_523_125L).divide(1_000_000_000_000L), "oz ounce ounces oz. 盎司");
    add(kg.multiply(45_359_237).divide(100_000_000), "lb lbs lb. lbs. pound pounds 磅");
    add(kg.multiply(635_029_318).divide(100_000_000), "st stone stones 英石");
    add(kg.divide(2), "斤 市斤");
    add(kg.divide(20), "两 兩 市两");
    add(kg.divide(200), "钱 市钱");
    add(kg.multiply(50), "担 市担");
  }

  private static void volumes() {
    Unit<?> litre = Units.CUBIC_METRE.divide(1000);
    add(litre.divide(1000), "ml 毫升 cc millilitre millilitres milliliter milliliters");
    add(litre.divide(100), "cl 厘升 centilitre centiliter");
    add(litre.divide(10), "dl 分升 decilitre deciliter");
    add(litre, "l 升 公升 litre litres liter liters");
    add(litre.multiply(1000), "m3 m³ 立方米 立方");
    Unit<?> gallon = litre.multiply(3_785_411_784L).divide(1_000_000_000);
    add(gallon.divide(128), "fl oz|fl. oz.|fl.oz.|fl oz.|floz|fluid ounce|fluid ounces|液盎司");
    add(gallon.divide(16), "cup cups");
    add(gallon.divide(8), "pt pint pints 品脱");
    add(gallon.divide(4), "qt quart quarts 夸脱");
    add(gallon, "gal gallon gallons 加仑");
    add(gallon.multiply(42), "bbl barrel barrels 桶");
  }

  private static void temperatures() {
    Unit<?> kelvin = Units.KELVIN;
    add(Units.CELSIUS, "°C|℃|° C|C|摄氏度|celsius|degrees celsius|degree celsius|deg c");
    Unit<?> fahrenheit = kelvin.multiply(5).divide(9).shift(new BigDecimal("459.67"));
    add(fahrenheit, "°F|℉|° F|F|华氏度|fahrenheit|degrees fahrenheit|degree fahrenheit|deg f");
    add(kelvin, "K kelvin kelvins 开尔文");
  }

  private static void times() {
    Unit<?> s = Units.SECOND;
    add(s.divide(1000), "ms 毫秒 millisecond milliseconds msec");
    add(s, "s 秒 秒钟 sec secs second seconds");
    add(s.multiply(60), "min 分钟 分 mins minute minutes");
    add(s.multiply(3600), "h 小时 时 钟头 hr hrs hour hours");
    add(s.multiply(86_400), "d 天 日 day days");
    add(s.multiply(604_800), "wk 周 星期 week weeks wks");
  }

  private static void areas() {
    Unit<?> m2 = Units.SQUARE_METRE;
    add(m2.divide(10_000), "cm2 cm² 平方厘米 sqcm");
    add(m2, "m²|m2|㎡|平方米|平米|平方公尺|sqm|sq m|sq. m.|sq.m.|square metres|square meters");
    add(m2.multiply(1_000_000), "km² km2 平方公里 平方千米 sqkm");
    add(m2.multiply(10_000), "ha 公顷 hectare hectares");
    add(m2.multiply(4_046_856_4224L).divide(10_000_000), "acre acres 英亩 ac");
    add(
        m2.multiply(9_290_304).divide(100_000_000),
        "ft²|ft2|sqft|sq ft|sq. ft.|sq.ft.|square foot|square feet|平方英尺");
    add(m2.multiply(2000).divide(3), "亩 市亩 畝");
  }

  private static void data() {
    Unit<?> octet = BIT.multiply(8);
    add(BIT, "bit bits 比特");
    add(octet, "B byte bytes 字节");
    String[] prefixes = {"k", "M", "G", "T", "P"};
    String[] binary = {"Ki", "Mi", "Gi", "Ti", "Pi"};
    Unit<?> decimal = octet;
    Unit<?> power = octet;
    for (int i = 0; i < prefixes.length; i++) {
      decimal = decimal.multiply(1000);
      power = power.multiply(1024);
      add(decimal, prefixes[i] + "B" + (i == 0 ? " KB kilobyte kilobytes" : ""));
      add(power, binary[i] + "B");
    }
  }

  /** Adds a unit with its names, parted by spaces or, where names hold spaces, by bars. */
  private static void add(Unit<?> unit, String names) {
    String[] all = names.split(names.indexOf('|') >= 0 ? "\\|" : " ");
    SYMBOLS.add(all[0]);
    UNITS.add(unit);
    for (String name : all) {
      NAMES.putIfAbsent(name, UNITS.size() - 1);
      NAMES.putIfAbsent(name.toLowerCase(Locale.ROOT), UNITS.size() - 1);
    }
  }

  /** Returns the number of units. */
  public static int count() {
    return UNITS.size();
  }

  /** Returns the symbol of unit {@code number}. */
  public static String symbol(int number) {
    return SYMBOLS.get(number);
  }

  /** Returns the unit called {@code name}, as written or in lower case. */
  public static Optional<Integer> find(String name) {
    Integer found = NAMES.get(name);
    return Optional.ofNullable(found == null ? NAMES.get(name.toLowerCase(Locale.ROOT)) : found);
  }

  /** Returns whether quantities of both units are of one kind. */
  public static boolean areCompatible(int one, int other) {
    return UNITS.get(one).getDimension().equals(UNITS.get(other).getDimension())
        && isData(one) == isData(other);
  }

  /** Bits have no dimension of the SI. */
  private static boolean isData(int number) {
    return UNITS.get(number).getSystemUnit().equals(BIT.getSystemUnit());
  }

  /**
   * The way from one unit to another: factor · value + offset.
   *
   * @param factor exact to 34 digits
   * @param offset exact to 34 digits
   */
  public record Conversion(BigDecimal factor, BigDecimal offset) {}

  /** Returns the way between compatible units. */
  public static Conversion conversion(int from, int to) {
    if (from == to) {
      return new Conversion(BigDecimal.ONE, BigDecimal.ZERO);
    }
    UnitConverter converter;
    try {
      converter = UNITS.get(from).getConverterToAny(UNITS.get(to));
    } catch (javax.measure.IncommensurableException e) {
      throw new IllegalArgumentException("units must be of one kind", e);
    }
    BigDecimal offset = exact(converter.convert((Number) BigDecimal.ZERO));
    return new Conversion(
        exact(converter.convert((Number) BigDecimal.ONE)).subtract(offset), offset);
  }

  private static BigDecimal exact(Number number) {
    if (number instanceof tech.units.indriya.function.RationalNumber rational) {
      return new BigDecimal(rational.getDividend())
          .divide(new BigDecimal(rational.getDivisor()), Calculus.MATH_CONTEXT);
    }
    return new BigDecimal(number.toString());
  }
}
