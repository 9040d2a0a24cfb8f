package dev.quern.privacy.recognise.world;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneNumberDesc;
import com.google.i18n.phonenumbers.metadata.DefaultMetadataDependenciesProvider;
import com.google.i18n.phonenumbers.metadata.source.MetadataSource;
import dev.quern.privacy.recognise.Automaton;
import dev.quern.privacy.recognise.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The numbers of one country calling code, as one automaton made of the patterns that
 * libphonenumber ships: whether a national number is valid takes nanoseconds, where the library
 * takes microseconds. Where several regions share a code (North America), those of the main one are
 * told at once, of the others only that the library must be asked.
 */
final class CountryNumbers {
  private static final int MOST_STATES = 50_000;

  private static final int LONGEST_CODE = 3;

  private static final boolean[] IS_CODE = codes();

  private final PhoneMetadata main;
  private final boolean isMainSure;
  private final boolean isShared;
  private final Automaton automaton;

  /** By shape the lengths it is valid with, as bits; the first shape is that of all numbers. */
  private final int[] lengths;

  /** By shape whether it is one of the main region's kinds of number. */
  private final boolean[] isMain;

  private final int possible;
  private final int local;

  /** Compiles the numbers of {@code code}, which libphonenumber must know. */
  CountryNumbers(int code) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    MetadataSource source =
        DefaultMetadataDependenciesProvider.getInstance().getPhoneNumberMetadataSource();
    List<String> regions = phones.getRegionCodesForCountryCode(code);
    Map<String, Integer> ofMain = new LinkedHashMap<>();
    Set<String> ofOthers = new TreeSet<>();
    PhoneMetadata first = metadata(source, regions.get(0), code);
    for (String region : regions) {
      PhoneMetadata metadata = metadata(source, region, code);
      for (PhoneNumberDesc kind : kinds(metadata)) {
        if (region.equals(regions.get(0))) {
          ofMain.merge(kind.getNationalNumberPattern(), bits(kind, -1), (a, b) -> a | b);
        } else {
          ofOthers.add(kind.getNationalNumberPattern());
        }
      }
    }
    ofOthers.removeAll(ofMain.keySet());
    this.main = first;
    this.isShared = regions.size() > 1;
    this.isMainSure = !isShared || !first.hasLeadingDigits();
    this.possible = bits(first.getGeneralDesc(), 0);
    this.local = bits(first.getGeneralDesc().getPossibleLengthLocalOnlyList());
    List<String> patterns = new ArrayList<>();
    patterns.add(first.getGeneralDesc().getNationalNumberPattern());
    patterns.addAll(ofMain.keySet());
    patterns.addAll(ofOthers);
    this.lengths = new int[patterns.size()];
    this.isMain = new boolean[patterns.size()];
    lengths[0] = bits(first.getGeneralDesc(), -1);
    for (int i = 1; i < lengths.length; i++) {
      isMain[i] = i <= ofMain.size();
      lengths[i] = ofMain.getOrDefault(patterns.get(i), -1);
    }
    this.automaton = new Automaton(patterns.stream().map(Shape::parse).toList(), MOST_STATES);
  }

  /**
   * Returns how many digits of an international number are its country code, 0 if none is known.
   */
  static int codeLength(String digits) {
    int code = 0;
    for (int i = 0; i < LONGEST_CODE && i < digits.length(); i++) {
      code = 10 * code + digits.charAt(i) - '0';
      if (IS_CODE[code]) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Returns the plan of the main region. */
  PhoneMetadata main() {
    return main;
  }

  /** Returns whether {@code national} is a valid number. */
  Answer isValid(String national) {
    int length = 1 << national.length();
    boolean isGeneral = false;
    boolean isOfMain = false;
    boolean isOfAny = false;
    for (int shape : accepted(national)) {
      boolean fits = (lengths[shape] & length) != 0;
      if (shape == 0) {
        isGeneral = fits;
      } else {
        isOfAny = true;
        isOfMain |= fits && isMain[shape];
      }
    }
    if (isGeneral && isOfMain && isMainSure) {
      return Answer.YES;
    }
    return isOfAny && isShared ? Answer.ASK : Answer.NO;
  }

  /** Returns whether {@code national} has the shape of all numbers of the main region. */
  boolean isGeneral(String national) {
    int[] accepted = accepted(national);
    return accepted.length > 0 && accepted[0] == 0;
  }

  /** Returns whether {@code national} is longer than every number. */
  boolean isTooLong(String national) {
    int length = 1 << national.length();
    return (local & length) == 0 && length > Integer.highestOneBit(possible);
  }

  /** Returns whether numbers of this length are written without their prefix: possible or more. */
  boolean isLongEnough(String national) {
    int length = 1 << national.length();
    return (local & length) == 0
        && ((possible & length) != 0 || length > Integer.highestOneBit(possible));
  }

  private int[] accepted(String national) {
    int state = 1;
    for (int i = 0; i < national.length() && state != 0; i++) {
      state = automaton.next(state, national.charAt(i));
    }
    return automaton.accepted(state);
  }

  private static PhoneMetadata metadata(MetadataSource source, String region, int code) {
    return region.equals(PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY)
        ? source.getMetadataForNonGeographicalRegion(code)
        : source.getMetadataForRegion(region);
  }

  private static List<PhoneNumberDesc> kinds(PhoneMetadata metadata) {
    List<PhoneNumberDesc> kinds = new ArrayList<>();
    kinds.add(metadata.getPremiumRate());
    kinds.add(metadata.getTollFree());
    kinds.add(metadata.getSharedCost());
    kinds.add(metadata.getVoip());
    kinds.add(metadata.getPersonalNumber());
    kinds.add(metadata.getPager());
    kinds.add(metadata.getUan());
    kinds.add(metadata.getVoicemail());
    kinds.add(metadata.getFixedLine());
    kinds.add(metadata.getMobile());
    kinds.removeIf(kind -> kind == null || kind.getNationalNumberPattern().isEmpty());
    return kinds;
  }

  /** Returns the lengths of a kind of number as bits; {@code none} where it names none. */
  private static int bits(PhoneNumberDesc kind, int none) {
    return kind.getPossibleLengthList().isEmpty() ? none : bits(kind.getPossibleLengthList());
  }

  private static int bits(List<Integer> lengths) {
    int bits = 0;
    for (int length : lengths) {
      bits |= length > 0 ? 1 << length : 0;
    }
    return bits;
  }

  private static boolean[] codes() {
    boolean[] codes = new boolean[1000];
    PhoneNumberUtil.getInstance().getSupportedCallingCodes().forEach(code -> codes[code] = true);
    return codes;
  }
}
